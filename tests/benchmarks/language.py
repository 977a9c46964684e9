"""What the language costs: functions, loops, lists, from text to code; beside plain Python, hy, the LFE shell."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hy

from tests.benchmarks.harness import CPU, HY, LFE, PYTHON, Figure, compare, sample
from tests.benchmarks.peers import lfe_times_ms
from xrepl.dialect.compiling import compile_file
from xrepl.dialect.interpreter import Interpreter
from xrepl.evaluator.compiled_files import CompiledFiles

_numbers = itertools.count()
FIB = "(defun fib (n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))"
CLAUSES = "(defun fibc ((0) 0) ((1) 1) ((n) (when (> n 1)) (+ (fibc (- n 1)) (fibc (- n 2)))))"
LOOP = "(defun count (n) (if (== n 0) 'done (count (- n 1))))"
LISTS = """
(defun build (n acc) (if (== n 0) acc (build (- n 1) (cons n acc))))
(defun total ((() sum) sum) (((cons x xs) sum) (total xs (+ sum x))))
"""
QUEENS = """
(defun safe? ((q d ()) 'true)
  ((q d (cons c cs)) (if (andalso (=/= q c) (=/= q (+ c d)) (=/= q (- c d))) (safe? q (+ d 1) cs) 'false)))
(defun place ((0 n) '(()))
  ((k n) (lc ((<- qs (place (- k 1) n)) (<- q (lists:seq 1 n)) (safe? q 1 qs)) (cons q qs))))
"""
DEFUN = """
(defun classify (value limit)
  "Say what a value is."
  (let* ((doubled (* 2 value))
         (text (integer_to_list doubled)))
    (cond ((< value 0) (tuple 'negative text))
          ((> doubled limit) (tuple 'large text))
          ((=:= value limit) 'limit)
          ('true (case (rem value 2)
                   (0 (list 'even text))
                   (1 (list 'odd text)))))))
"""
HY_FIB = "(defn fib [n] (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))"


def session(*texts: str) -> Interpreter:
    """Give a session in which texts have been evaluated."""
    interpreter = Interpreter(f"benchmark_language_{next(_numbers)}")
    for text in texts:
        run(interpreter, text)
    return interpreter


def run(interpreter: Interpreter, text: str) -> Any:
    """Evaluate forms and give the last one's value."""
    value = None
    for form in interpreter.read(text):
        value = interpreter.evaluate(form)
    return value


def job(text: str, *definitions: str) -> Callable[[], Any]:
    """Give a function that does what a form says."""
    return run(session(*definitions), f"(lambda () {text})")  # type: ignore[no-any-return]


def fib(n: int) -> int:
    """Compute a Fibonacci number in Python."""
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def count(n: int) -> None:
    """Count down in Python."""
    while n != 0:
        n -= 1


def queens(k: int, n: int) -> list[list[int]]:
    """Place queens on a board in Python."""
    if k == 0:
        return [[]]
    return [[q, *qs] for qs in queens(k - 1, n) for q in range(1, n + 1) if is_safe(q, qs)]


def is_safe(q: int, qs: list[int]) -> bool:
    """Tell whether no queen attacks."""
    return all(q != c and q != c + d and q != c - d for d, c in enumerate(qs, 1))


def with_lfe(figure: Figure, form: str, *definitions: str) -> Figure:
    """Add the LFE shell's figure, where there is one."""
    found = lfe_times_ms(form, *definitions)
    peers = {**figure.peers, **({} if found is None else {LFE: found})}
    return Figure(figure.what, figure.sample, figure.unit, figure.limit, figure.target, peers, figure.is_ratio)


def functions() -> list[Figure]:
    """Calls, clauses and loops."""
    scope: dict[str, Any] = {}
    hy.eval(hy.read_many(HY_FIB), scope)
    hy_fib, python_fib = scope["fib"], lambda: fib(25)
    ours = {"ours": job("(fib 25)", FIB), PYTHON: python_fib, HY: lambda: hy_fib(25)}
    clauses = {"ours": job("(fibc 25)", CLAUSES), PYTHON: python_fib}
    loop = {"ours": job("(count 1000000)", LOOP), PYTHON: lambda: count(1_000_000)}
    board = {"ours": job("(place 6 6)", QUEENS), PYTHON: lambda: queens(6, 6)}
    return [
        with_lfe(compare("fib(25), a function as typed", ours, 7, 2, CPU), "(fib 25)", FIB),
        with_lfe(compare("fib(25), clauses and a guard", clauses, 7, 2.5, CPU), "(fibc 25)", CLAUSES),
        with_lfe(compare("1,000,000 tail calls (Python: a `while` loop)", loop, 7, 1.5, CPU), "(count 1000000)", LOOP),
        with_lfe(compare("queens on a board of 6", board, 7, 6, CPU), "(place 6 6)", QUEENS),
    ]


def lists() -> list[Figure]:
    """Building and consuming lists: the cost of an element, small and large."""
    found = []
    for size in (1000, 1_000_000):
        measured = sample(job(f"(total (build {size} ()) 0)", LISTS), 5, CPU).times(1000 / size)
        found.append(Figure(f"a list of {size:,} built and consumed, an element", measured, "us", 0.6))
    return found


def front_end() -> list[Figure]:
    """From text to code: the first time, and with what is kept from then."""
    interpreter = session()
    small = sample(lambda: run(interpreter, f"(+ 1 {next(_numbers)})"), 200, CPU).times(1000)
    defun = sample(lambda: run(interpreter, DEFUN.replace("classify", f"classify{next(_numbers)}")), 10, CPU)
    return [
        Figure("`(+ 1 2)` read, compiled, run; never seen before", small, "us", 100),
        Figure("a function of 10 lines, read to code", defun, "ms", 10),
        *of_a_file(),
    ]


def of_a_file() -> list[Figure]:
    """Compile a module of 300 lines: where nothing is kept of it, and in sessions after the one that compiled it."""
    lines = 300 // len(DEFUN.strip().splitlines())
    whole = "".join(DEFUN.replace("classify", f"c{number}") for number in range(lines))
    with tempfile.TemporaryDirectory() as home:
        file = Path(home) / "file.lfe"
        file.write_text(f"(defmodule file (export all)){whole}")
        sessions = [session() for _ in range(26)]
        for each in sessions:
            each.compiled_files = CompiledFiles(home)
        left = iter(sessions)
        cold, known = [sample(lambda: compile_file(next(left), str(file)), count, CPU) for count in (1, 25)]
    return [
        Figure("a file of 300 lines, read to code", cold, "ms", 400),
        Figure("the same file, from the cache", known, "ms", 5),
    ]


def figures(is_full: bool) -> list[Figure]:
    """Measure everything."""
    return functions() + lists() + front_end()
