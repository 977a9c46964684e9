"""The command `xrepl`: what the command line asks for, and the exit status.

Every start goes through this file, so it imports only what each needs; the rest when it comes to that.
"""

import posix
import sys

from xrepl.cli.options import Options, UsageError, parse
from xrepl.client.output import let_through, write
from xrepl.client.render import ERR, plain
from xrepl.errors import XreplError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

FAILED, MISUSED, INTERRUPTED, UNREAD = 1, 2, 130, 141

HELP = """\
usage: xrepl [-s NAME | --fresh] [--hy] [-e FORM ... | FILE [ARG ...] | - | --jsonl]
       xrepl COMMAND [--json]

Sessions outlive this program, its server and the machine's restart.

  xrepl                     attach a terminal to session "default"
  xrepl -s NAME             the same for NAME: a name, an id, or 4 or more digits that an id begins with
  xrepl -e FORM             evaluate FORM and print what the shell would show; may be repeated
  xrepl FILE [ARG ...]      run a .lfe or .hy script in a throw-away session, or in -s NAME
  xrepl -                   evaluate the forms of standard input
  xrepl --jsonl             one JSON object {"code": ...} a line in, one answer a line out

  --fresh                   use a throw-away session
  --hy                      Hy's syntax instead of LFE's
  --no-restore              begin with nothing defined; (undo) brings back what was
  --no-banner               say nothing at the start of a terminal
  --raw                     let what forms print drive the terminal, control sequences and all
  --version, --help

commands:
  ls                        list the sessions
  new [NAME]                make a session
  info NAME                 tell about a session
  rename NAME NEW           give a session another name
  close NAME                close a session; it goes to the archive
  reopen NAME               take a session out of the archive
  save NAME                 write a session's state now
  branch NAME NEW [--at N]  make session NEW with NAME's state, or with that after revision N
  export NAME [FILE]        write a session to a file, to standard output, or, with its script, to DIRECTORY/
  import FILE [NAME]        make a session of an exported file or directory; --trust asks no question
  verify NAME               evaluate a session's journal again elsewhere, and compare
  archive                   list the closed and expired sessions
  purge                     delete what is in the archive
  doctor                    look at what xrepl needs, and say what to do
  store check               look whether the store is whole
  store backup FILE         copy the store to a new file
  store compact             give back the room that the store does not use; the server must be stopped
  server start|stop|status  the background process that keeps the sessions
  server run                run it in the foreground, for a service manager
  completion bash|zsh|fish  print what that shell needs to complete command lines

Exit status: 0, or 1 if a form or a command failed, 2 for a misused command line, 130 after ^C.
XREPL_HOME is the directory that holds everything; by default ~/.local/state/xrepl.
"""


def main(arguments: list[str] | None = None) -> int:
    """Do what a command line asks for and give the exit status."""
    try:
        options = parse(sys.argv[1:] if arguments is None else arguments)
        return _do(options)
    except UsageError as reason:
        write(f"xrepl: {plain(reason)}; see xrepl --help\n", ERR)
        return MISUSED
    except XreplError as reason:
        write(f"xrepl: {plain(reason)}\n", ERR)
        return FAILED
    except BrokenPipeError:
        return UNREAD  # as a program that the signal of a closed pipe ends
    except KeyboardInterrupt:
        return INTERRUPTED


def run() -> None:
    """Do what the process's command line asks for and end the process."""
    # all that is written is written by now: what the interpreter does at its end only takes time
    posix._exit(main())


def _do(options: Options) -> int:
    action = options.action
    if action == "help":
        write(HELP)
        return 0
    if action == "version":
        from xrepl import __version__

        write(f"xrepl {__version__}\n")
        return 0
    if action in ("terminal", "eval", "file", "input", "jsonl"):
        return _converse(options)
    from xrepl.cli import commands

    return commands.run(options)


def _converse(options: Options) -> int:
    from xrepl.client.conversation import Conversation
    from xrepl.config import home_directory

    action = options.action
    if options.is_raw:
        let_through()
    if action == "terminal" and not posix.isatty(0):
        action = "input"
    # a script without a session gets a throw-away one
    is_fresh = options.is_fresh or (action == "file" and not options.session)
    syntax = "hy" if options.is_hy else "lfe"
    conversation = Conversation(
        home_directory(),
        name=options.session,
        is_fresh=is_fresh,
        syntax=syntax,
        is_restored=not options.is_not_restored,
    )
    if action == "eval":
        from xrepl.client.oneshot import evaluate_forms

        return _ended(lambda: evaluate_forms(conversation, options.forms))
    if action == "jsonl":
        from xrepl.client.jsonl import converse

        return converse(conversation)
    if action == "terminal":
        from xrepl.client.interactive import talk

        return talk(conversation, has_banner=not options.is_quiet, is_raw=options.is_raw)
    from xrepl.client import script

    if action == "file":
        return _ended(lambda: script.run_file(conversation, options.arguments[0], options.arguments[1:]))
    return _ended(lambda: script.run_input(conversation))


def _ended(evaluate: "Callable[[], int]") -> int:
    """Evaluate and give the exit status: that of the forms, or what one of them has asked for."""
    from xrepl.client.oneshot import Left

    try:
        return evaluate()
    except Left as asked:
        return asked.status
