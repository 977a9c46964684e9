"""One session's process, from its fork to its end: restore, evaluate, answer questions about the session.

User code runs in the main thread, where signals arrive.  Opens no store and talks to the server alone.
"""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from collections.abc import Callable
from typing import Any

from xrepl.dialect import processes
from xrepl.dialect.host import host
from xrepl.dialect.interpreter import Interpreter
from xrepl.evaluator import limits, output, portable
from xrepl.evaluator.channel import Channel, Frame
from xrepl.evaluator.compiled_files import CompiledFiles
from xrepl.evaluator.completing import Names
from xrepl.evaluator.forms import Forms, delta_frame
from xrepl.evaluator.holding import holds
from xrepl.evaluator.interrupt import Interrupts
from xrepl.evaluator.rehearsal import rehearse
from xrepl.evaluator.state import StateKeeper
from xrepl.protocol.progress import Progress

MODULE_NAME = "session"
# kept whatever the environment of the client is: the processes of one home are found by it
_HOME = "XREPL_HOME"


def serve(interpreter: Interpreter, sock: int, out: int, err: int, page: int) -> None:
    """Serve one session over a socket; ends the process when the server is gone.  Called in a new fork.

    Args:
        interpreter: of a module `MODULE_NAME`, in which nothing is defined.
        sock: descriptor of the connected socket.
        out: descriptor that becomes standard output.
        err: descriptor that becomes standard error.
        page: descriptor of the page in which it notes how far it is.
    """
    output.install(out, err)
    limits.apply()
    rehearse(interpreter)
    processes.restart()
    Evaluator(Channel(socket.socket(fileno=sock)), interpreter, Progress(page)).run()


class Evaluator:
    """What frames from the server make this process do."""

    def __init__(self, channel: Channel, interpreter: Interpreter, progress: Progress) -> None:
        self._channel = channel
        self._interpreter = interpreter
        self._keeper = StateKeeper(interpreter)
        self._interrupts = Interrupts()
        self._interrupts.install()
        self._forms = Forms(channel, interpreter, self._keeper, self._interrupts, progress)
        self._names = Names(interpreter)
        self._groups: dict[str, bytes] = {}
        self._forms.on_other = self._do
        if _HOME in os.environ:
            interpreter.compiled_files = CompiledFiles(os.environ[_HOME])
        host.ask = channel.ask
        host.export = lambda: portable.export(self._keeper)
        self._ops: dict[str, Callable[[Frame], None]] = {
            "group": self._on_group,
            "begin": self._on_begin,
            "eval": self._forms.evaluate,
            "load": self._on_load,
            "save": self._on_save,
            "holds": self._on_holds,
            "limits": self._on_limits,
            "names": self._on_names,
            "describe": self._on_describe,
            "export": self._on_export,
            "compare": self._on_compare,
            "import": self._on_import,
        }

    def run(self) -> None:
        """Do what the frames say; never returns."""
        while True:
            frame = self._channel.next()
            self._do(frame)

    def _do(self, frame: Frame) -> None:
        handler = self._ops.get(frame["op"])
        if handler is not None:  # a late `interrupt` or `next` means nothing any more
            handler(frame)

    def _on_group(self, frame: Frame) -> None:
        """Take a group of the stored state; `begin` follows."""
        self._groups[frame["group"]] = frame["blob"]

    def _on_begin(self, frame: Frame) -> None:
        """Become a session's evaluator: its environment, its directory, its state."""
        host.session = frame["session"]
        _enter(frame.get("environment") or {}, frame.get("cwd") or "/")
        # the working directory comes last: a file in it never takes the place of a module that is installed
        sys.path.append("")
        restored = self._keeper.restore(self._groups)
        self._groups = {}
        answer = {"bindings": restored.bindings, "not_kept": restored.not_kept, "damaged": restored.damaged}
        self._channel.send({"op": "ready", **answer})

    def _on_load(self, frame: Frame) -> None:
        """Replace parts of the state, as an undo does."""
        self._keeper.load({number: blob for number, (_, blob) in frame["set"].items()}, frame["gone"])
        self._answer(frame, "loaded", not_kept=dict(self._keeper.delta_all().not_kept))

    def _on_save(self, frame: Frame) -> None:
        """Tell all that has changed, also what no form could have reached."""
        self._answer(frame, "saved", delta=delta_frame(self._keeper.delta_all()))

    def _on_holds(self, frame: Frame) -> None:
        """Tell what would be lost if this process ended."""
        self._answer(frame, "held", holds=holds())

    def _on_limits(self, frame: Frame) -> None:
        """Obey the session's own limits."""
        limits.limit_memory(frame["memory"])

    def _on_names(self, frame: Frame) -> None:
        """Tell names that a prompt can complete: the session's own that have changed, or those behind a qualifier."""
        of, is_first = frame["of"], frame["is_first"]
        problem = ""
        try:
            names, gone = (self._names.of(of), []) if of else self._names.changes(is_first=is_first)
        except Exception as failure:  # an object of the user's that cannot be looked at costs a completion, no more
            names, gone, problem = {}, [], repr(failure)
        told = {"names": names, "gone": gone, "is_all": bool(of) or is_first, "problem": problem}
        self._answer(frame, "names", **told, cwd=_directory())

    def _on_describe(self, frame: Frame) -> None:
        """Tell what one name is, with its whole documentation."""
        try:
            entries = self._names.full(frame["name"], frame["qualifiers"])
        except Exception:  # as above
            entries = []
        self._answer(frame, "described", entries=entries)

    def _on_export(self, frame: Frame) -> None:
        """Tell the session's bindings as plain data and source text."""
        self._answer(frame, "exported", exported=portable.export(self._keeper))

    def _on_compare(self, frame: Frame) -> None:
        """Tell which values differ between groups that have other bytes."""
        self._answer(frame, "compared", differing=self._keeper.differing(frame["pairs"]))

    def _on_import(self, frame: Frame) -> None:
        """Bind what another session exported."""
        problems = portable.import_(self._interpreter, frame["exported"])
        self._answer(frame, "imported", problems=problems, delta=delta_frame(self._keeper.delta_all()))

    def _answer(self, frame: Frame, op: str, **fields: Any) -> None:
        self._channel.send({"op": op, "number": frame["number"], **fields})


def _enter(environment: dict[str, str], cwd: str) -> None:
    """Take the environment and the directory of the client that made the session."""
    home = os.environ.get(_HOME)
    if environment:
        os.environ.clear()
        os.environ.update(environment)
    if home is not None:
        os.environ[_HOME] = home
    for directory in (cwd, os.path.expanduser("~"), "/"):
        with contextlib.suppress(OSError):
            os.chdir(directory)
            return


def _directory() -> str:
    """Give the working directory; empty if it is gone."""
    try:
        return os.getcwd()
    except OSError:
        return ""
