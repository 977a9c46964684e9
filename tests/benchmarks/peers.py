"""The others: the LFE shell where Erlang and LFE are at hand, an ipykernel in an environment that is thrown away.

What is missing is left out, and `NOTES` says so.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LFE_TIMEOUT_S, INSTALL_TIMEOUT_S, KERNEL_TIMEOUT_S = 60, 120, 90
NOTES = ["The first xrepl, on Erlang, is not run; what it was measured to need stands beside our figures."]
_CALL = "(element 1 (timer:tc (lambda () {form})))"
_TIMES = '(io:format "times ~p~n" (list (lists:map (lambda (_) {call}) (list 1 2 3))))'


def note(text: str) -> None:
    """Remember what was left out, once."""
    if text not in NOTES:
        NOTES.append(text)


@functools.cache
def lfe_folder() -> str | None:
    """Give the folder of LFE's compiled modules: that of LFE_EBIN, or of the `lfe` on PATH."""
    program = shutil.which("lfe")
    folders = [os.environ.get("LFE_EBIN"), program and str(Path(program).resolve().parent.parent / "ebin")]
    for folder in folders:
        if folder and (Path(folder) / "lfe_shell.beam").exists() and shutil.which("erl"):
            return folder
    note("The LFE shell is left out: it needs `erl` and `lfe` on PATH, or LFE's compiled modules in LFE_EBIN.")
    return None


def lfe_command(erlang: str) -> list[str]:
    """Give the command line that evaluates a text of Erlang's with LFE at hand; empty without it."""
    folder = lfe_folder()
    return ["erl", "-noshell", "-pa", folder, "-eval", erlang] if folder else []


def lfe_times_ms(form: str, *definitions: str) -> float | None:
    """Give how long a form takes in the LFE shell after some definitions, in ms; None without it."""
    if lfe_folder() is None:
        return None
    with tempfile.TemporaryDirectory() as place:
        script = Path(place) / "forms.lfe"
        script.write_text("\n".join([*definitions, _TIMES.format(call=_CALL.format(form=form))]))
        command = lfe_command(f'lfe_shell:run_script("{script}", []), halt().')
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                timeout=LFE_TIMEOUT_S,
                check=False,
                env={**os.environ, "HOME": place},
            )
        except subprocess.TimeoutExpired:
            return None
    _, _, found = done.stdout.partition("times ")
    return min(map(int, found.strip(" []\n").split(","))) / 1000 if found else None


@functools.cache
def kernel_figures() -> dict[str, float]:
    """Measure an ipykernel: start, round trip, restart (ms), memory (MB), `ipython -c` (ms); empty without one."""
    with tempfile.TemporaryDirectory(prefix="xrepl-peer-") as place:
        python = Path(place) / "bin" / "python"
        commands = [
            [sys.executable, "-m", "venv", place],
            [str(python), "-m", "pip", "install", "--quiet", "ipykernel", "jupyter_client"],
        ]
        try:
            for command in commands:
                subprocess.run(command, check=True, capture_output=True, timeout=INSTALL_TIMEOUT_S)
            done = subprocess.run(
                [python, Path(__file__).with_name("kernel.py")],
                check=True,
                capture_output=True,
                text=True,
                timeout=KERNEL_TIMEOUT_S,
                env={**os.environ, "HOME": place, "JUPYTER_RUNTIME_DIR": place},
            )
        except (subprocess.SubprocessError, OSError) as reason:
            note(f"ipykernel is left out: it could not be installed or run ({type(reason).__name__}).")
            return {}
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]
