"""A session that wants all there is hurts itself: not the other sessions, not the server (rows 24, 26 and 27)."""

import re
from pathlib import Path
from time import monotonic

import pytest

from tests.helpers.wire import Reply, Wire
from tests.reliability.conftest import evaluator

LIMIT_BYTES = 400 << 20
MOST_GROWTH_KB = 50 << 10
INTERRUPTED_S = 1.0
SPIN = "(fletrec ((flood () {0} (flood))) (flood))"

# what wants more memory than there is, or deeper stacks, or more descriptors
GREEDY = {
    "a list without end": "(fletrec ((grow (l) (grow (cons (list 1 2 3) l)))) (grow ()))",
    "a Python list without end": "(while True (.append hoard (bytearray 1000000)))",
    "one large object": "(bytearray 1000000000)",
    "a binary that doubles": '(fletrec ((grow (b) (grow (binary:copy b 2)))) (grow #"abc"))',
    "a long sequence": "(lists:seq 1 100000000)",
    "a recursion without end": "(fletrec ((deep (n) (+ 1 (deep n)))) (deep 1))",
    "a power": "(bsl 1 100000000000)",
    "processes without end": "(fletrec ((fork () (progn (spawn (lambda () (receive ('x 1)))) (fork)))) (fork))",
    "a table without end": "(let ((t (ets:new 't ()))) (fletrec ((fill (n) (progn (ets:insert t (tuple n"
    " (lists:duplicate 1000 n))) (fill (+ n 1))))) (fill 1)))",
    "threads without end": "(import threading) (while True (.start (threading.Timer 1000 print)))",
}
# the last is what Python says when it has no memory for its own MemoryError
FAILED = re.compile(
    r"\*\* exception error: (a system limit|RuntimeError: can't start new thread|SystemError: error return)"
)
RESTORED = re.compile(r"\*\* the evaluator ended \((memory limit 400 MB|killed by signal \d+)\) while this form")


def shown(reply: Reply) -> str:
    """Give the value or the error."""
    return str(reply.get("xrepl/error") or reply.get("value"))


def resident_kb(pid: int) -> int:
    """Give how much memory of a process is in use."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1])


@pytest.mark.parametrize("what", GREEDY)
def test_greed_for_memory_costs_the_form_or_the_evaluator(shared: Wire, what: str) -> None:
    """The form fails with `a system limit has been reached`, or the evaluator ends and is restored, with the reason."""
    shared.evaluate(f"(set-config 'memory-limit {LIMIT_BYTES}) (set x 42) (setv hoard [])", what)
    error = shown(shared.evaluate(GREEDY[what], what))

    assert FAILED.match(error) or RESTORED.match(error), error
    assert shown(shared.evaluate("(+ 1 2)", "other")) == "3"
    assert shown(shared.evaluate("x", what)) == "42"


def test_what_a_failed_form_has_hoarded_can_be_given_back(shared: Wire) -> None:
    """Binding its name again frees it, though the error can still be looked at."""
    hoard = "(setv hoard []) (import weakref) (defclass Large []) (.append hoard (Large)) (setv gone [])"
    shared.evaluate(f"{hoard} (weakref.finalize (get hoard 0) gone.append 1)", "hoard")
    failed = shown(shared.evaluate("(let ((held hoard)) (progn (.append held 1) (/ 1 0)))", "hoard"))
    shared.evaluate("(setv hoard [])", "hoard")

    assert shown(shared.evaluate("(len gone)", "hoard")) == "1"
    assert failed.partition("\n")[0] in shared.evaluate("(e)", "hoard")["out"]


def test_opening_files_without_end_fails_and_closing_them_helps(shared: Wire) -> None:
    """The session's limit is reached; it goes on, and others do not notice."""
    few = "(import resource) (resource.setrlimit resource.RLIMIT_NOFILE #(100 100)) (setv files [])"
    shared.evaluate(few, "files")
    error = shown(shared.evaluate('(while True (.append files (open "/dev/null")))', "files"))

    assert "Too many open files" in error
    assert shown(shared.evaluate("(> (len files) 50)", "files")) == "true"
    assert shown(shared.evaluate("(+ 1 2)", "other")) == "3"

    shared.evaluate("(setv files [])", "files")

    assert shown(shared.evaluate('(os:cmd "echo a")', "files")) == '"a\\n"'


FLOODS = {
    "lines": SPIN.format('(io:format "line~n")'),
    "large pieces": SPIN.format("(io:format (lists:duplicate 1000000 #\\x))"),
    "Python's print": '(while True (print "line"))',
    "standard error": '(import sys) (while True (.write sys.stderr "line\\n"))',
    "bytes": "(import os) (while True (os.write 1 (bytes 100000)))",
    "a program": '(os:cmd "yes >&2")',
}


@pytest.mark.parametrize("what", FLOODS)
def test_flood_for_a_client_that_never_reads_is_held_up(shared: Wire, home_of_shared: Path, what: str) -> None:
    """It is interrupted within a second, the server stays small, and others are answered meanwhile."""
    server = shared.ask("xrepl/server-status")["server"]
    before = resident_kb(server)
    shared.evaluate("(set x 42)", what)
    session = shared.ask("xrepl/info", {"xrepl/name": what})["xrepl/info"]["id"]
    with Wire(home_of_shared) as silent:
        silent.send("eval", {"xrepl/name": what}, code=FLOODS[what])
        for _ in range(100):
            assert shown(shared.evaluate("(+ 1 2)", "other")) == "3"
        start = monotonic()
        interrupted = shared.ask("interrupt", {"session": session})["status"]

        assert (interrupted, shown(shared.evaluate("x", what))) == (["done"], "42")
        assert monotonic() - start < INTERRUPTED_S
        assert resident_kb(server) - before < MOST_GROWTH_KB


def test_terminal_that_never_reads_costs_the_server_little(shared: Wire, home_of_shared: Path) -> None:
    """It misses what others print in its session, and is told how much when it reads again; they do not wait for it."""
    flood = "(fletrec ((flood (n) (if (=:= n 0) 'ok (progn (print text) (flood (- n 1)))))) (flood 200))"
    server = shared.ask("xrepl/server-status")["server"]
    before = resident_kb(server)
    with Wire(home_of_shared) as silent:
        silent.ask("xrepl/attach", {"xrepl/name": "watched", "create": 1})
        shared.evaluate('(setv text (.ljust "" 100000 "x"))', "watched")
        printed = shared.evaluate(flood, "watched")

        assert (printed["value"], len(printed["out"])) == ("ok", 20_000_200)
        assert resident_kb(server) - before < MOST_GROWTH_KB / 5

        while "more characters)" not in silent.receive().get("out", ""):
            pass


def test_evaluator_is_killed_first_when_the_machine_has_no_memory(shared: Wire) -> None:
    """The kernel is told to take the evaluator before the server."""
    shared.evaluate("(+ 1 2)", "first")
    server = shared.ask("xrepl/server-status")["server"]
    scores = [int(Path(f"/proc/{pid}/oom_score_adj").read_text()) for pid in (evaluator(shared, "first"), server)]

    assert scores[0] > scores[1]
