"""Measures which lines and branches run, in every process that a test starts: used by `bin/cover` alone.

`start` is called by each interpreter of the copy that `bin/cover` measures.  Processes here end by SIGKILL or `_exit`
more often than not, so what was measured is written on the way: by an evaluator before it answers, by a server or a
client now and then (a test's end waits that long before it kills them), by a zygote never, since its children begin
anew.  The rest is a plugin of coverage.py that tells which lines of a `.hy` file are code: those that the compiled code
names.  It knows no branches of Hy.
"""

from __future__ import annotations

import atexit
import functools
import importlib.util
import os
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from types import CodeType
from typing import Any

SAVE_INTERVAL_S = 0.1
_saving = threading.Lock()


@functools.cache
def start() -> None:
    """Begin to measure this process, if `bin/cover` says so; a second call does nothing."""
    if not os.environ.get("COVERAGE_PROCESS_START"):
        return
    import posix

    import coverage

    coverage.process_startup()
    end = os._exit  # coverage.py's, which writes what was measured

    def end_alone(status: int) -> None:
        _stop_saving()
        end(status)

    os._exit = posix._exit = end_alone  # type: ignore[assignment,attr-defined]
    atexit.register(_stop_saving)
    os.register_at_fork(after_in_child=_save_with_each_answer)
    if "pytest" not in sys.orig_argv and "xrepl.evaluator.zygote" not in sys.orig_argv:
        threading.Thread(target=_save_now_and_then, daemon=True).start()


def _stop_saving() -> None:
    """Let no thread write while the process ends."""
    _saving.acquire(timeout=10)


def _save_now_and_then() -> None:
    import coverage

    while not threading.Event().wait(SAVE_INTERVAL_S):
        measured = coverage.Coverage.current()
        if measured is not None and _saving.acquire(blocking=False):
            measured.save()
            _saving.release()


def _save_with_each_answer() -> None:
    import coverage

    channel = sys.modules.get("xrepl.evaluator.channel")
    if channel is None:
        return
    _saving._at_fork_reinit()  # type: ignore[attr-defined]
    send = channel.Channel.send

    def save_and_send(self: Any, frame: dict[str, Any]) -> None:
        measured = coverage.Coverage.current()
        if measured is not None and frame.get("op") == "form":
            measured.save()
        send(self, frame)

    channel.Channel.send = save_and_send  # type: ignore[method-assign]


def pytest_runtest_teardown(item: Any) -> None:
    """Wait until what a test has started has written what was measured; pytest calls this first."""
    if "home" in getattr(item, "fixturenames", ()):
        threading.Event().wait(2 * SAVE_INTERVAL_S)


def coverage_init(registry: Any, options: object) -> None:
    """Make the plugin known to coverage.py, which calls this."""
    import coverage

    class Reporter(coverage.FileReporter):
        """Tells coverage.py which lines of a file are code."""

        def lines(self) -> set[int]:
            return code_lines(self.filename)

        def excluded_lines(self) -> set[int]:
            return set()

    class Tracer(coverage.FileTracer):
        """Tells coverage.py to look at a file."""

        def __init__(self, filename: str) -> None:
            self._filename = filename

        def source_filename(self) -> str:
            return self._filename

    class Plugin(coverage.CoveragePlugin):
        """Answers for the files of Hy."""

        def file_tracer(self, filename: str) -> Tracer | None:
            return Tracer(filename) if filename.endswith(".hy") else None

        def file_reporter(self, filename: str) -> Reporter:
            return Reporter(filename)

    registry.add_file_tracer(Plugin())


@functools.cache
def code_lines(filename: str) -> set[int]:
    """Give the numbers of a Hy file's lines that are code."""
    import hy  # noqa: F401  so that a .hy file has a loader

    path = Path(filename)
    name = f"xrepl.lang.{path.parent.name}.{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    code = spec.loader.get_code(name)  # type: ignore[union-attr]
    text = path.read_text().splitlines()
    return {number for number in lines_of([code]) if 0 < number <= len(text) and text[number - 1].strip()}


def lines_of(codes: Iterable[object]) -> set[int]:
    """Give the lines that code objects name, and those inside them."""
    found: set[int] = set()
    for code in codes:
        if isinstance(code, CodeType):
            found |= {line for _, _, line in code.co_lines() if line}
            found |= lines_of(code.co_consts)
    return found


def combine(folder: Path) -> None:
    """Put what all processes have written into one file; what a kill has torn is left out."""
    import coverage

    whole = coverage.CoverageData(str(folder / ".coverage"))
    for path in folder.glob(".coverage.*"):
        part = coverage.CoverageData(str(path))
        try:
            part.read()
            whole.update(part)
        except coverage.exceptions.CoverageException as problem:
            print(f"left out {path.name}: {problem}", file=sys.stderr)
        part.close()


if __name__ == "__main__":
    combine(Path(sys.argv[1]))
