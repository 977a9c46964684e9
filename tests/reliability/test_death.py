"""Any process may die at any time: what was acknowledged is there, nothing is left behind, others go on."""

import json
import os
import random
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from tests.conftest import XREPL, Command
from tests.helpers.crash import kill, processes_of, servers_of, wait_gone
from tests.helpers.wire import Wire

SPIN = '(progn (io:format "begun~n") (fletrec ((spin () (spin))) (spin)))'


def evaluator(wire: Wire, name: str = "default") -> int:
    """Give the pid of a session's evaluator."""
    return int(wire.ask("xrepl/server-status")["evaluators"][name])


def kill_and_wait(pid: int) -> None:
    """Kill a process and wait until it is gone."""
    kill(pid)
    assert wait_gone([pid], 5.0) == []


def test_evaluator_killed_while_idle_comes_back_with_its_state(wire: Wire) -> None:
    """The next form answers from the last acknowledged state."""
    wire.evaluate("(set x 42)")
    kill_and_wait(evaluator(wire))

    assert wire.evaluate("(+ x 1)")["value"] == "43"


def test_form_that_was_running_is_told_to_be_lost(wire: Wire) -> None:
    """The client learns that the form is lost and that the state is as of the last acknowledged form."""
    wire.evaluate("(set x 42)")
    pid = evaluator(wire)
    number = wire.send("eval", {"xrepl/name": "default"}, code=f"(set x 1) {SPIN}")
    while wire.receive().get("out") != "begun\n":
        pass
    kill(pid)
    last = wire.until_done(number)

    assert "evaluator-died" in last[0]["status"]
    assert "the form is lost" in last[0]["xrepl/error"]
    assert wire.evaluate("x")["value"] == "1"


def test_100_kills_in_a_row_leave_the_session_usable(wire: Wire) -> None:
    """A session whose evaluator is killed after every form is never given up."""
    for n in range(100):
        assert wire.evaluate(f"(set x {n})")["value"] == str(n)
        kill(evaluator(wire))

    assert wire.evaluate("x")["value"] == "99"


def test_session_that_kills_every_evaluator_fails_and_can_be_asked_again(wire: Wire) -> None:
    """Three deaths without an acknowledged form end the restarts; the session stays readable and recovers."""
    wire.evaluate("(set x 5) (import os)")
    for _ in range(3):
        assert "evaluator-died" in wire.evaluate("(os._exit 3)")["status"]
    status = {row["name"]: row["status"] for row in wire.ask("xrepl/list")["sessions"]}

    assert status == {"default": "failed"}
    assert wire.evaluate("x")["value"] == "5"


def test_other_session_does_not_wait_for_an_endless_loop(wire: Wire, home: Path) -> None:
    """A busy session keeps nobody but its own clients waiting."""
    number = wire.send("eval", {"xrepl/name": "busy"}, code=SPIN)
    while wire.receive().get("out") != "begun\n":
        pass
    with Wire(home) as other:
        assert other.evaluate("(+ 1 2)", "free")["value"] == "3"
        assert {row["name"] for row in other.ask("xrepl/list")["sessions"]} == {"busy", "free"}
    wire.ask("interrupt", {"interrupt-id": number})


def test_interrupt_ends_a_loop_and_keeps_the_bindings(wire: Wire) -> None:
    """The form under way fails as interrupted, what was bound before stays."""
    wire.evaluate("(set x 42)")
    number = wire.send("eval", {"xrepl/name": "default"}, code=SPIN)
    while wire.receive().get("out") != "begun\n":
        pass
    wire.send("interrupt", {"interrupt-id": number})
    last = wire.until_done(number)[-1]

    assert "interrupted" in last["status"]
    assert wire.evaluate("x")["value"] == "42"


def test_nothing_is_left_when_the_server_is_killed(wire: Wire, home: Path) -> None:
    """Zygote, evaluators and their children are gone within two seconds."""
    wire.evaluate('(import subprocess) (set p (subprocess.Popen (list "sleep" "600")))', "parent")
    wire.evaluate("(+ 1 2)", "other")
    before = list(processes_of(home))
    kill(*servers_of(home))

    assert any("sleep" in text for text in processes_of(home).values()) or wait_gone(before, 2.0) == []
    assert wait_gone(before, 2.0) == []


def test_what_a_killed_zygote_leaves_is_killed_by_the_next_server(wire: Wire, home: Path, xrepl: Command) -> None:
    """Server and zygote killed at once: the children of evaluators end with the next start."""
    wire.evaluate('(import subprocess) (set p (subprocess.Popen (list "sleep" "600")))', "parent")
    status = wire.ask("xrepl/server-status")
    sleeping = [pid for pid, text in processes_of(home).items() if text.startswith("sleep")]
    os.kill(status["server"], signal.SIGSTOP)
    kill(status["zygote"], status["server"])
    wait_gone([status["server"], status["zygote"]], 5.0)
    xrepl("-e", "1")

    assert (len(sleeping), wait_gone(sleeping, 2.0)) == (1, [])


def test_zygote_is_started_again(wire: Wire) -> None:
    """A killed zygote takes its evaluators along; all come back."""
    wire.evaluate("(set x 42)")
    status = wire.ask("xrepl/server-status")
    kill(status["zygote"])

    assert wait_gone([status["zygote"], *status["evaluators"].values(), *status["spares"]], 5.0) == []
    assert wire.evaluate("x")["value"] == "42"


def test_killed_zygote_steps_no_session_back(wire: Wire, home: Path) -> None:
    """One death of the zygote is one death for a session: it is not `failed`, and its last change is not undone.

    The server sleeps meanwhile, so that it gives sessions evaluators that are dead already.
    """
    names = [f"s{number}" for number in range(4)]
    for name in names:
        wire.evaluate("(set x 1)", name)
        wire.evaluate("(set x 2)", name)
    status = wire.ask("xrepl/server-status")
    os.kill(status["server"], signal.SIGSTOP)
    kill(status["zygote"])
    assert wait_gone([status["zygote"], *status["evaluators"].values(), *status["spares"]], 5.0) == []
    sent = [wire.send("eval", {"xrepl/name": name}, code="x") for name in [*names, "new"]]
    os.kill(status["server"], signal.SIGCONT)
    wire.until_done(sent[-1])
    kinds = [wire.ask("xrepl/revisions", {"xrepl/name": name})["xrepl/revisions"] for name in [*names, "new"]]

    assert {row["kind"] for rows in kinds for row in rows} == {"form"}
    assert [wire.evaluate("x", name)["value"] for name in names] == ["2"] * 4
    assert "has failed" not in (home / "log").read_text()


@pytest.mark.parametrize("seed", range(5))
def test_killed_server_loses_nothing_acknowledged(xrepl: Command, home: Path, seed: int) -> None:
    """SIGKILL of the server at a random moment between forms: all that was acknowledged is there."""
    chance = random.Random(seed)
    acknowledged = -1
    for _ in range(2):
        started = xrepl("server", "start")
        assert started.returncode == 0, started.stderr
        with Wire(home) as wire:
            for _ in range(chance.randrange(1, 20)):
                value = wire.evaluate(f"(set x {acknowledged + 1})").get("value")
                acknowledged = int(str(value))
            pids = list(processes_of(home))
            kill(*servers_of(home))
        wait_gone(pids, 3.0)

    assert xrepl("-e", "x").stdout == f"{acknowledged}\n"


def test_clients_that_start_at_once_get_one_server(env: dict[str, str], home: Path) -> None:
    """20 clients without a server start one, and all are answered."""
    started = [
        subprocess.Popen([XREPL, "-e", f"(+ {n} 0)"], env=env, stdout=subprocess.PIPE, text=True) for n in range(20)
    ]
    answers = [process.communicate(timeout=50)[0] for process in started]

    assert answers == [f"{n}\n" for n in range(20)]
    assert len(servers_of(home)) == 1


def test_server_stop_ends_all_processes(wire: Wire, home: Path, xrepl: Command) -> None:
    """`server stop` returns when nothing of ours runs any more, with what was set on disk."""
    wire.evaluate("(set x 42)")

    assert xrepl("server", "stop").returncode == 0
    assert processes_of(home) == {}
    assert xrepl("-e", "x").stdout == "42\n"


def test_server_stopped_by_a_signal_ends_in_order(wire: Wire, home: Path, xrepl: Command) -> None:
    """SIGTERM ends the server as `server stop` does."""
    wire.evaluate("(set x 42)")
    pids = list(processes_of(home))
    os.kill(wire.ask("xrepl/server-status")["server"], signal.SIGTERM)

    assert wait_gone(pids, 10.0) == []
    assert xrepl("-e", "x").stdout == "42\n"


@pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace is missing: syncs are NOT counted; apt install strace"
)
def test_every_acknowledged_form_is_synced(xrepl: Command, home: Path, tmp_path: Path) -> None:
    """50 acknowledged forms are at least 50 synced commits."""
    trace = tmp_path / "trace"
    xrepl("server", "start")
    with Wire(home) as wire:
        wire.evaluate("(set x 0)")
        server = wire.ask("xrepl/server-status")["server"]
        command = ["strace", "-f", "-qq", "-e", "trace=fdatasync,fsync,msync", "-o", str(trace), "-p", str(server)]
        tracer = subprocess.Popen(command, stderr=subprocess.PIPE)
        try:
            while not _is_traced(server):
                pass
            for n in range(50):
                wire.evaluate(f"(set x {n})")
        finally:
            tracer.terminate()
            tracer.wait(10)

    assert sum(line.rstrip().endswith("= 0") for line in trace.read_text().splitlines()) >= 50


def _is_traced(pid: int) -> bool:
    """Say whether every thread of a process has a tracer."""
    tasks = list(Path(f"/proc/{pid}/task").iterdir())
    return all("TracerPid:\t0" not in (task / "status").read_text() for task in tasks)


def test_status_tells_the_processes_by_role(xrepl: Command, home: Path) -> None:
    """`server status --json` lists the pids of server, zygote, evaluators and spares."""
    xrepl("-s", "work", "-e", "1")
    status = json.loads(xrepl("server", "status", "--json").stdout)
    pids = {status["server"], status["zygote"], *status["evaluators"].values(), *status["spares"]}

    assert pids <= set(processes_of(home))
    assert list(status["evaluators"]) == ["work"]


def test_zygote_that_ends_again_and_again_fails_no_session(wire: Wire, home: Path) -> None:
    """Its deaths take evaluators along, but speak against none of their sessions."""
    wire.evaluate("(set x 42)")
    for _ in range(4):
        status = wire.ask("xrepl/server-status")
        kill(status["zygote"])
        assert wait_gone([status["zygote"], *status["evaluators"].values()], 5.0) == []
        while wire.ask("xrepl/server-status")["zygote"] in (0, status["zygote"]):
            pass

    assert wire.evaluate("x")["value"] == "42"
    assert "has failed" not in (home / "log").read_text()
