"""The command line, taken apart: what to do, in which session, with which arguments.

Reads no file but to see whether one is there, and does nothing.  Written by hand: the library for this takes as long to
import as everything else that a one-shot client does.
"""

import posix

COMMANDS = {
    # name: fewest and most arguments, what they are
    "ls": (0, 0, ""),
    "new": (0, 1, "[NAME]"),
    "info": (1, 1, "NAME"),
    "rename": (2, 2, "NAME NEW"),
    "close": (1, 1, "NAME"),
    "reopen": (1, 1, "NAME"),
    "save": (1, 1, "NAME"),
    "export": (1, 2, "NAME [FILE|DIRECTORY/]"),
    "import": (1, 2, "FILE|DIRECTORY [NAME] [--trust]"),
    "archive": (0, 0, ""),
    "purge": (0, 0, ""),
    "verify": (1, 1, "NAME"),
    "branch": (2, 2, "NAME NEW [--at N]"),
    "doctor": (0, 0, ""),
    "store": (1, 2, "check|backup FILE|compact"),
    "server": (1, 1, "start|stop|status|run"),
    "completion": (1, 1, "bash|zsh|fish|names|archived"),
}
STORE_COMMANDS = {"check": 1, "backup": 2, "compact": 1}
SHELLS = ("bash", "zsh", "fish", "names", "archived")
SERVER_COMMANDS = ("start", "stop", "status", "run")
FLAGS = ("--no-restore", "--no-banner", "--raw", "--trust")
SCRIPT_SUFFIXES = (".lfe", ".hy")


class UsageError(Exception):
    """The command line cannot be understood; the message says why."""


class Options:
    """What the command line asks for.

    Attributes:
        action: "terminal", "eval", "file", "input", "jsonl", "version", "help" or the name of a command.
        session: the name given with -s, or empty.
        forms: the texts given with -e.
        is_quiet: whether a terminal begins without a banner.
        is_raw: whether printed output may drive the terminal.
        is_trusted: whether what a file defines is evaluated without a question.
        is_not_restored: whether the session is to begin with nothing.
        at_revision: the number given with --at.
        arguments: those of the command; for "file" its path and the script's own.
    """

    def __init__(self) -> None:
        self.action = "terminal"
        self.session = ""
        self.is_fresh = False
        self.is_hy = False
        self.is_json = False
        self.is_not_restored = False
        self.is_quiet = False
        self.is_raw = False
        self.is_trusted = False
        self.at_revision: int | None = None
        self.forms: list[str] = []
        self.arguments: list[str] = []


def parse(arguments: list[str]) -> Options:
    """Take a command line apart.

    Raises:
        UsageError: it cannot be understood.
    """
    options = Options()
    flags: list[str] = []
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word in ("-e", "--eval", "-s", "--session"):
            _take_value(options, word, rest)
        elif word == "--at":
            options.at_revision = _number(word, rest)
        elif word.startswith("--") and "=" in word and word.partition("=")[0] in ("--eval", "--session"):
            name, _, value = word.partition("=")
            _take_value(options, name, [value])
        elif word in ("-h", "--help", "-V", "--version", "--fresh", "--hy", "--jsonl", "--json", *FLAGS):
            flags.append(word)
        elif word != "-" and word.startswith("-"):
            raise UsageError(f"unknown option {word}")
        elif _takes_all(word, options):
            options.action, options.arguments = ("input", rest) if word == "-" else ("file", [word, *rest])
            break
        elif options.action == "terminal":
            options.action = word
        else:
            options.arguments.append(word)
    _apply(options, flags)
    return options


def _take_value(options: Options, word: str, rest: list[str]) -> None:
    if not rest:
        raise UsageError(f"{word} needs " + ("a form" if word in ("-e", "--eval") else "the name of a session"))
    if word in ("-e", "--eval"):
        options.forms.append(rest.pop(0))
    else:
        options.session = rest.pop(0)
        if not options.session:
            raise UsageError("the name of a session is not empty")


def _number(word: str, rest: list[str]) -> int:
    if not rest or not rest[0].isascii() or not rest[0].isdecimal():
        raise UsageError(f"{word} needs the number of a revision")
    return int(rest.pop(0))


def _takes_all(word: str, options: Options) -> bool:
    """Say whether a word is a script, whose arguments are all that follows."""
    if options.action != "terminal" or word in COMMANDS:
        return False
    if word == "-" or word.endswith(SCRIPT_SUFFIXES) or _is_file(word):
        return True
    raise UsageError(f"{word} is no command and no file")


def _is_file(path: str) -> bool:
    try:
        posix.stat(path)
    except OSError:
        return False
    return True


def _apply(options: Options, flags: list[str]) -> None:
    options.is_fresh = "--fresh" in flags
    options.is_hy = "--hy" in flags
    options.is_json = "--json" in flags
    options.is_not_restored = "--no-restore" in flags
    options.is_quiet = "--no-banner" in flags
    options.is_raw = "--raw" in flags
    options.is_trusted = "--trust" in flags
    if "-h" in flags or "--help" in flags:
        options.action = "help"
        return
    if "-V" in flags or "--version" in flags:
        options.action = "version"
        return
    modes = [options.action] if options.action != "terminal" else []
    modes += ["eval"] if options.forms else []
    modes += ["jsonl"] if "--jsonl" in flags else []
    if len(modes) > 1:
        names = {"eval": "-e", "jsonl": "--jsonl", "input": "-", "file": "FILE"}
        raise UsageError(" and ".join(names.get(mode, mode) for mode in modes) + " do not go together")
    options.action = modes[0] if modes else "terminal"
    _check(options)


def _check(options: Options) -> None:
    action = options.action
    if options.is_fresh and options.session:
        raise UsageError("--fresh and -s do not go together: a throw-away session has no name")
    if action == "input" and options.arguments:
        raise UsageError("- takes no arguments")
    if options.is_trusted and action != "import":
        raise UsageError("--trust is for import")
    if options.at_revision is not None and action != "branch":
        raise UsageError("--at is for branch")
    if action not in COMMANDS:
        if options.is_json:
            raise UsageError("--json is for commands; --jsonl evaluates")
        return
    if options.is_fresh or options.session or options.is_hy or options.is_not_restored:
        raise UsageError(f"{action} takes no option but --json")
    fewest, most, what = COMMANDS[action]
    if not fewest <= len(options.arguments) <= most:
        raise UsageError(f"usage: xrepl {action} {what}".rstrip())
    if action in ("rename", "branch") and not options.arguments[1]:
        raise UsageError("the name of a session is not empty")
    if action == "store" and STORE_COMMANDS.get(options.arguments[0]) != len(options.arguments):
        raise UsageError(f"usage: xrepl store {what}")
    if action == "completion" and options.arguments[0] not in SHELLS:
        raise UsageError(f"usage: xrepl completion {what}")
    if action == "server" and options.arguments[0] not in SERVER_COMMANDS:
        raise UsageError(f"usage: xrepl server {what}")
