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
# commands whose first argument is a session's name
NAMED = tuple(name for name, (_, _, what) in COMMANDS.items() if what.startswith("NAME"))

BASH = """\
# bash: source <(xrepl completion bash)
_xrepl() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} IFS=$'\\n'
    case $before in
        -s | --session | @NAMED@) COMPREPLY=($(compgen -W "$(xrepl completion names 2>/dev/null)" -- "$word")) ;;
        server) IFS=' ' ; COMPREPLY=($(compgen -W "@SERVER@" -- "$word")) ;;
        store) IFS=' ' ; COMPREPLY=($(compgen -W "@STORE@" -- "$word")) ;;
        completion) IFS=' ' ; COMPREPLY=($(compgen -W "@SHELLS@" -- "$word")) ;;
        *)
            IFS=' '
            COMPREPLY=($(compgen -W "@WORDS@" -- "$word") $(compgen -f -- "$word")) ;;
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
    write(script(wanted) if wanted in _SCRIPTS else "".join(f"{name}\n" for name in names()))
    return 0


def names() -> list[str]:
    """Give the names of the sessions, the one used last first; none when no server is running."""
    try:
        reply = connect(home_directory(), is_starting=False).request({"op": "xrepl/list"})
    except XreplError:
        return []
    sessions = reply.get("sessions")
    rows = sessions if isinstance(sessions, list) else []
    return [plain(row["name"]) for row in rows if isinstance(row, dict) and row.get("name")]
