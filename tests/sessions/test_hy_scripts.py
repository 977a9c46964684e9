"""Hy scripts work with sessions by the forms that are typed at the prompt."""

from pathlib import Path

from tests.conftest import Command

SCRIPT = """\
(import math)
(setv made (xrepl-session-manager:create {'name "one" 'metadata {'kind "test"}}))
(print (str (get made 0)))
(new-session "two")
(switch-session "two")
(set x 42)
(print (xrepl-session:eval "one" '(set x (+ 1 1))))
(print (xrepl-session:eval "one" 'x) x (math.sqrt 4))
(print (lfor data (xrepl-store:find-sessions (fn [data] (maps:is_key 'kind (maps:get 'metadata data))))
         (maps:get 'timeout data)))
(print (sorted (lfor data (xrepl-session-manager:list-detailed) (maps:get 'name (maps:get 'metadata data)))))
(print (xrepl-config:set "one" 'prompt "p> ") (xrepl-config:get "one" 'prompt))
(close-session "one")
"""


def test_hy_script_creates_switches_and_evaluates_in_sessions(xrepl: Command, tmp_path: Path) -> None:
    """The functions of the shell and of the six modules, with Hy's data."""
    script = tmp_path / "work.hy"
    script.write_text(SCRIPT)
    done = xrepl(str(script))

    printed = [line for line in done.stdout.splitlines() if "ession" not in line and not line.startswith('"')]

    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert printed == [
        "ok",
        "ok",
        "(ok, 2)",
        "(ok, 2) 42 2.0",
        "[3600000]",
        "['one', 'two']",
        "ok p> ",
        "ok",
    ]
