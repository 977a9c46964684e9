"""The command `completion`: what a shell needs to complete command lines of xrepl, session names among it.

The scripts ask `xrepl completion names`, which starts no server.
"""

from xrepl.cli.options import COMMANDS, FLAGS, SERVER_COMMANDS, SHELLS, STORE_COMMANDS, Options
from xrepl.client.connect import connect
from xrepl.client.output import write
from xrepl.client.render import plain
from xrepl.config import home_directory
from xrepl.errors import XreplError

OPTIONS = ("-s", "-e", "--session", "--eval", "--fresh", "--hy", "--jsonl", "--json", "--version", "--help", *FLAGS)
# commands whose first argument is the name of a listed session
NAMED = tuple(name for name, (_, _, what) in COMMANDS.items() if what.startswith("NAME") and name != "reopen")
# what the scripts ask for beside
LISTS = {"names": "xrepl/list", "archived": "xrepl/archive"}

# names of sessions are never handed to `compgen -W`, which would expand what is in them
BASH = """\
# bash: source <(xrepl completion bash)
_xrepl_names() {
    local name word=$1 which=$2 quoted
    case $word in
        \\'* | \\"*) word=${word:1} quoted=yes ;;
        *) word=${word//\\\\/} ;;
    esac
    while IFS= read -r name; do
        [[ $name == "$word"* ]] || continue
        [[ $quoted ]] || printf -v name %q "$name"
        COMPREPLY+=("$name")
    done < <(xrepl completion $which 2>/dev/null)
}
_xrepl() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
    COMPREPLY=()
    case $before in
        -s | --session | @NAMED@) _xrepl_names "$word" names ;;
        reopen) _xrepl_names "$word" archived ;;
        server) COMPREPLY=($(compgen -W "@SERVER@" -- "$word")) ;;
        store) COMPREPLY=($(compgen -W "@STORE@" -- "$word")) ;;
        completion) COMPREPLY=($(compgen -W "@SHELLS@" -- "$word")) ;;
        *)
            COMPREPLY=($(compgen -W "@WORDS@" -- "$word"))
            local file name
            while IFS= read -r file; do
                printf -v name %q "$file"
                [[ -d $file ]] && name+=/ && compopt -o nospace 2>/dev/null
                COMPREPLY+=("$name")
            done < <(compgen -f -- "$word") ;;
    esac
}
complete -F _xrepl xrepl
"""

ZSH = """\
#compdef xrepl
# zsh: save as _xrepl in a directory of fpath, or: source <(xrepl completion zsh)
_xrepl() {
    local -a names
    case $words[CURRENT-1] in
        -s | --session | @NAMED@)
            names=("${(@f)$(xrepl completion names 2>/dev/null)}")
            compadd -a names ;;
        reopen)
            names=("${(@f)$(xrepl completion archived 2>/dev/null)}")
            compadd -a names ;;
        server) compadd @SERVER@ ;;
        store) compadd @STORE@ ;;
        completion) compadd @SHELLS@ ;;
        *) compadd -- @WORDS@; _files ;;
    esac
}
compdef _xrepl xrepl
"""

FISH = """\
# fish: xrepl completion fish | source
function __xrepl_before
    set -l words (commandline -opc)
    contains -- $words[-1] $argv
end
complete -c xrepl -n '__xrepl_before -s --session @NAMED_WORDS@' -f -a '(xrepl completion names 2>/dev/null)'
complete -c xrepl -n '__xrepl_before reopen' -f -a '(xrepl completion archived 2>/dev/null)'
complete -c xrepl -n '__xrepl_before server' -f -a '@SERVER@'
complete -c xrepl -n '__xrepl_before store' -f -a '@STORE@'
complete -c xrepl -n '__xrepl_before completion' -f -a '@SHELLS@'
complete -c xrepl -n '__fish_use_subcommand' -a '@WORDS@'
"""

_SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}


def script(shell: str) -> str:
    """Give the script for a shell."""
    parts = {
        "@NAMED@": " | ".join(NAMED),
        "@NAMED_WORDS@": " ".join(NAMED),
        "@SERVER@": " ".join(SERVER_COMMANDS),
        "@STORE@": " ".join(STORE_COMMANDS),
        "@SHELLS@": " ".join(SHELLS),
        "@WORDS@": " ".join((*COMMANDS, *OPTIONS)),
    }
    text = _SCRIPTS[shell]
    for mark, words in parts.items():
        text = text.replace(mark, words)
    return text


def run(options: Options) -> int:
    """Write the script for a shell, or the names of all sessions; give the exit status."""
    wanted = options.arguments[0]
    write(script(wanted) if wanted in _SCRIPTS else "".join(f"{name}\n" for name in names(wanted)))
    return 0


def names(wanted: str = "names") -> list[str]:
    """Give the names of sessions, the one used or archived last first; none when no server is running.

    Args:
        wanted: one of `LISTS`.
    """
    try:
        reply = connect(home_directory(), is_starting=False).request({"op": LISTS[wanted]})
    except XreplError:
        return []
    sessions = reply.get("sessions")
    rows = sessions if isinstance(sessions, list) else []
    found = [plain(row["name"]) for row in rows if isinstance(row, dict) and row.get("name")]
    return list(dict.fromkeys(found))
