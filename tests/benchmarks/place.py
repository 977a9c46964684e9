"""A server in a home of its own, for benchmarks: starting, stopping, killing, and the commands around it."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import lmdb

from tests.benchmarks.harness import Sample, sample_of, time_ms
from tests.helpers.crash import end_all
from tests.helpers.wire import Wire

ROOT = Path(__file__).parent.parent.parent
XREPL = str(ROOT / "bin" / "xrepl")
PUT_BYTES = 1024
_numbers = itertools.count()


class Place:
    """A home directory with a server; a context manager that ends all its processes and deletes it."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="xrepl-bench-"))
        self.env = {**os.environ, "XREPL_HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home / "none")}

    def __enter__(self) -> Place:
        return self

    def __exit__(self, *problem: object) -> None:
        end_all(self.home)
        shutil.rmtree(self.home, ignore_errors=True)

    def xrepl(self, *arguments: str) -> None:
        """Run the program to its end."""
        subprocess.run([XREPL, *arguments], env=self.env, check=True, capture_output=True, timeout=60)

    def wire(self) -> Wire:
        """Start the server and connect to it."""
        self.xrepl("server", "start")
        wire = Wire(self.home)
        wire.sock.settimeout(120)
        return wire


def evaluators(wire: Wire) -> dict[str, int]:
    """Give the evaluators' pids by session."""
    found: dict[str, int] = wire.ask("xrepl/server-status")["evaluators"]
    return found


def evaluate(wire: Wire, code: str, name: str = "default") -> str:
    """Evaluate in a session and give the value; a form that fails ends the benchmark."""
    reply = wire.evaluate(code, name)
    if "eval-error" in reply["status"] or "err" in reply:
        raise RuntimeError(f"{code}: {reply}")
    return str(reply.get("value", ""))


def kill_to_answer(wire: Wire, name: str, form: str, count: int) -> Sample:
    """Kill a session's evaluator so often; how long until a form is answered from the restored state, in ms."""

    def once() -> float:
        pid = evaluators(wire)[name]

        def kill_and_ask() -> None:
            os.kill(pid, signal.SIGKILL)
            while "evaluator-died" in wire.evaluate(form, name)["status"]:
                pass

        return time_ms(kill_and_ask)

    return sample_of(once() for _ in range(count))


def memory_mb(pid: int) -> float:
    """Give the memory of a process that no other shares, and its part of what is shared, in MB."""
    found = re.search(r"^Pss: +(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def bind(wire: Wire, count: int, name: str) -> None:
    """Bind so many variables at once."""
    evaluate(wire, f'(.update (globals) (dfor i (range {count}) (+ "v" (str i)) i))', name)


def durable_put(folder: Path) -> Callable[[], None]:
    """Give a function that writes 1 KB durably, with LMDB and nothing else."""
    environment = lmdb.open(str(folder), map_size=1 << 26)

    def put() -> None:
        with environment.begin(write=True) as transaction:
            transaction.put(next(_numbers).to_bytes(8, "big"), os.urandom(PUT_BYTES))

    return put
