"""The modules on sessions have the specification's functions, and results that say what happened."""

import pytest

from tests.helpers.wire import Wire
from tests.sessions.conftest import Shell


def test_new_answers_ok_and_erases_nothing(shell: Shell) -> None:
    """`(xrepl-store:new)` is there for the specification's sake."""
    shell("(set x 1)")

    assert shell("(xrepl-store:new)") == "ok"
    assert shell("x") == "1"


def test_created_session_has_the_specified_defaults(shell: Shell) -> None:
    """Id of 32 hex digits, timeout of an hour, no metadata, the settings' defaults."""
    shell("(set `#(ok ,id) (xrepl-store:create-session #m()))")
    shell("(set `#(ok ,data) (xrepl-store:get-session id))")

    assert shell("(length id)") == "32"
    assert shell("(list (maps:get 'timeout data) (maps:get 'metadata data))") == "(3600000 #M())"
    assert shell("(== (maps:get 'created-at data) (maps:get 'last-active data))") == "true"
    assert shell("(maps:get 'prompt (maps:get 'config data))") == '"lfe> "'
    assert shell("(lists:sort (maps:keys data))") == "(config created-at id last-active metadata timeout)"


def test_store_creates_without_a_process_and_the_manager_with_one(shell: Shell) -> None:
    """A session of the store's is not active until it is used."""
    shell("(set `#(ok ,a) (xrepl-store:create-session #m()))")
    shell('(set `#(ok ,b) (xrepl-session-manager:create #m(name "b")))')

    assert shell("(list (xrepl-session-manager:is-active? a) (xrepl-session-manager:is-active? b))") == "(false true)"
    assert shell("(xrepl-session:eval a '(set x 42))") == "#(ok 42)"
    assert shell("(xrepl-session-manager:is-active? a)") == "true"


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ("#m(timeout 0)", '(#(timeout "must be positive integer"))'),
        ('#m(timeout "1")', '(#(timeout "must be positive integer"))'),
        ("#m(config #m(prompt 3 nix 1))", '(#(prompt "prompt must be string") #(nix "unknown config key"))'),
        ("#m(config 3)", "badarg"),
        ("#m(metadata ())", "badarg"),
        ("#m(name 3)", "invalid-name"),
        ("3", "badarg"),
        ("#m(metadata #m(f self))", None),
    ],
)
def test_options_of_a_wrong_kind_make_no_session(shell: Shell, options: str, reason: str | None) -> None:
    """Nothing is made when an option is wrong; data of any kind is metadata."""
    before = shell("(length (xrepl-store:list-sessions))")
    result = shell(f"(element 1 (xrepl-session-manager:create {options}))")

    assert result == ("ok" if reason is None else "error")
    if reason is not None:
        assert shell(f"(element 2 (xrepl-session-manager:create {options}))") == reason
        assert shell("(length (xrepl-store:list-sessions))") == before


def test_metadata_is_merged_and_holds_the_name(shell: Shell) -> None:
    """`set-metadata` merges; a name in it is the session's, and unique."""
    shell('(set `#(ok ,id) (xrepl-store:create-session #m(metadata #m(a 1 "k" #(t 2.5)))))')

    assert shell('(xrepl-store:set-metadata id #m(b (1 2) name "n"))') == "ok"
    assert shell('(xrepl-store:get-metadata "n")') == '#(ok #M(a 1 b (1 2) name "n" "k" #(t 2.5)))'
    assert shell('(xrepl-store:set-metadata id #m(name "default"))') == "#(error name-taken)"
    assert shell("(xrepl-store:set-metadata id #m(c 1 p ,(self)))".replace(",(self)", "1")) == "ok"
    assert shell("(xrepl-store:set-metadata id (map 'p (self)))").startswith("#(error #(not-plain ")


def test_update_session_is_atomic(wire: Wire, shell: Shell, home) -> None:  # type: ignore[no-untyped-def]
    """Two sessions that count in a third one's metadata lose no step."""
    shell('(new-session "counter") (xrepl-store:set-metadata "counter" #m(n 0))')
    count = (
        "(defun bump (d) (maps:update 'metadata (maps:update_with 'n (lambda (n) (+ n 1)) (maps:get 'metadata d)) d)) "
        "(defun times ((0) 'ok) ((n) (xrepl-store:update-session \"counter\" #'bump/1) (times (- n 1)))) (times 25)"
    )
    with Wire(home) as other:
        numbers = [(w, w.send("eval", {"xrepl/name": name}, code=count)) for w, name in ((wire, "a"), (other, "b"))]
        for connection, number in numbers:
            connection.until_done(number)

    assert shell('(maps:get \'n (element 2 (xrepl-store:get-metadata "counter")))') == "50"


def test_update_session_keeps_fields_of_the_user_and_not_the_id(shell: Shell) -> None:
    """A function may add fields and change the timeout; the id stays."""
    shell('(new-session "u")')

    assert (
        shell(
            '(xrepl-store:update-session "u"'
            ' (lambda (d) (maps:merge d #m(env-snapshot (1 2) timeout 5000 id "other"))))'
        )
        == "ok"
    )
    shell('(set `#(ok ,d) (xrepl-store:get-session "u"))')

    assert (
        shell("(list (maps:get 'env-snapshot d) (maps:get 'timeout d) (length (maps:get 'id d)))") == "((1 2) 5000 32)"
    )
    assert shell('(xrepl-store:update-session "u" (lambda (d) 3))') == "#(error badarg)"
    assert shell('(xrepl-store:update-session "no" (lambda (d) d))') == "#(error not-found)"


def test_update_that_leaves_fields_out_leaves_them_as_they_are(shell: Shell) -> None:
    """Name, metadata and timeout are not lost to a function that gives a new map; nor is what is the server's own."""
    shell('(xrepl-session-manager:create #m(name "u" timeout 5000 metadata #m(a 1)))')
    shell("(set secret 1) (clear-history)", "u")

    assert shell("(xrepl-store:update-session 'u (lambda (d) #m(more 1)))") == "ok"
    shell("(set `#(ok ,d) (xrepl-store:get-session 'u))")
    assert shell("(list (mref d 'more) (mref d 'metadata) (mref d 'timeout))") == '(1 #M(a 1 name "u") 5000)'
    assert shell("(maps:is_key 'history-cleared d)") == "false"
    assert "secret" not in shell("(history)", "u")


def test_find_sessions_runs_the_predicate_here(shell: Shell) -> None:
    """A predicate may use what the asking session has."""
    shell('(new-session "one") (new-session "two") (set wanted "two")')
    found = shell(
        "(lists:map (lambda (d) (maps:get 'name (maps:get 'metadata d)))"
        " (xrepl-store:find-sessions (lambda (d) (== (maps:get 'name (maps:get 'metadata d)) wanted))))"
    )

    assert found == '("two")'


def test_eval_of_another_session(shell: Shell) -> None:
    """Values and reasons of errors come as data; what is no data comes as text."""
    shell('(new-session "o")')

    assert shell('(xrepl-session:eval "o" \'(set x \'(1 #(a "s") #m(k 1.5))))') == '#(ok (1 #(a "s") #M(k 1.5)))'
    assert shell('(xrepl-session:eval "o" \'x)') == '#(ok (1 #(a "s") #M(k 1.5)))'
    assert shell('(xrepl-session:eval "o" \'y)') == "#(error #(unbound_symbol y))"
    assert shell('(xrepl-session:eval "o" \'(/ 1 0))') == "#(error badarith)"
    assert shell('(xrepl-session:eval "o" \'(lambda (x) x))').startswith("#(error #(not-plain ")
    assert shell('(xrepl-session:eval "no" \'x)') == "#(error not-found)"
    assert shell("x").endswith("symbol x is unbound")


def test_eval_in_the_own_session_is_busy_and_no_deadlock(shell: Shell) -> None:
    """A session that evaluates in itself, or in one that waits for it, is told so."""
    shell('(new-session "o")')

    assert shell('(xrepl-session:eval "default" \'(+ 1 2))') == "#(error busy)"
    assert shell('(xrepl-session:eval "o" \'(xrepl-session:eval "default" \'(+ 1 2)))') == "#(ok #(error busy))"


def test_eval_in_a_session_whose_process_dies_says_so(shell: Shell) -> None:
    """The asking session is not left waiting."""
    shell('(new-session "o")')
    shown = shell('(xrepl-session:eval "o" \'(os._exit 3))') if shell("(import os)", "o") is not None else ""

    assert "the evaluator ended (exit 3)" in shown
    assert shell('(xrepl-session:eval "o" \'(+ 1 2))') == "#(ok 3)"


def test_stop_and_start_keep_the_state(shell: Shell) -> None:
    """The specification's save-and-restore test, step by step."""
    shell("(set `#(ok ,id) (xrepl-session-manager:create)) (xrepl-session:eval id '(set x 42))")

    assert shell("(xrepl-session:save-state id)") == "ok"
    assert shell("(xrepl-session:stop id)") == "ok"
    assert shell("(xrepl-session-manager:is-active? id)") == "false"
    assert shell("(element 1 (xrepl-session-sup:start-session id))") == "ok"
    assert shell("(xrepl-session:eval id 'x)") == "#(ok 42)"
    assert shell("(xrepl-session-sup:stop-session (element 2 (xrepl-session-sup:start-session id)))") == "ok"
    assert shell("(xrepl-session-manager:is-active? id)") == "false"
    assert shell('(xrepl-session:stop "default")') == "#(error busy)"


def test_current_session_is_per_process(shell: Shell) -> None:
    """The shell's is the client's; another process has none until it takes one."""
    shell('(new-session "w")')
    code = (
        "(let ((shell (self))) (spawn (lambda () (let* ((a (xrepl-session-manager:get-current))"
        ' (b (xrepl-session-manager:switch "w")) (c (xrepl-session-manager:get-current)))'
        " (! shell (list a b (length c)))))) (receive (x x)))"
    )

    assert shell(code) == "(no-session ok 32)"
    assert "* default" in shell("(sessions)")
    assert shell('(== (xrepl-session-manager:get-current) (xrepl-session-manager:resolve-session "default"))') == "true"


def test_switch_counts_at_once_for_the_rest_of_the_form(shell: Shell) -> None:
    """After a switch `get-current` gives the other session, though the form ends here."""
    shell('(set `#(ok ,id) (xrepl-session-manager:create #m(name "s1")))')

    assert shell('(progn (xrepl-session-manager:switch "s1") (== id (xrepl-session-manager:get-current)))') == "true"
    assert shell('(xrepl-session-manager:detach "s1")') == "#(error not-current-session)"
    assert shell("(progn (xrepl-session-manager:clear-current) (xrepl-session-manager:get-current))") == "no-session"
    assert shell('(xrepl-session-manager:set-current "no")') == "#(error not-found)"
    assert shell('(xrepl-session-manager:switch "no")') == "#(error session-not-found)"


def test_detached_client_goes_to_default(wire: Wire) -> None:
    """A client that has left its session is in `default` when the form has ended."""
    reply = wire.evaluate('(xrepl-session-manager:detach "w")', "w")

    assert (reply["value"], reply["xrepl/name"]) == ("ok", "default")


def test_create_sessions_makes_a_number_at_once(shell: Shell) -> None:
    """Each of the results is `#(ok id)`, and all are there."""
    shell("(set made (xrepl-session-manager:create-sessions 5))")

    assert shell("(lists:all (lambda (x) (== 'ok (element 1 x))) made)") == "true"
    assert shell("(length (xrepl-session-manager:list))") == "6"
    assert shell("(xrepl-session-manager:create-sessions 'x)") == "#(error badarg)"


def test_destroyed_session_is_gone_from_every_listing(shell: Shell) -> None:
    """Neither the store nor the manager knows it, by id or name."""
    shell('(set `#(ok ,id) (xrepl-session-manager:create #m(name "gone")))')

    assert shell("(xrepl-session-manager:destroy id)") == "ok"
    assert shell("(xrepl-session-manager:destroy id)") == "#(error not-found)"
    assert shell("(xrepl-store:get-session id)") == "#(error not-found)"
    assert shell("(xrepl-session-manager:is-active? id)") == "false"
    assert shell("(length (xrepl-store:list-sessions))") == "1"


def test_ambiguous_prefix_is_refused(shell: Shell) -> None:
    """A prefix of several ids reaches none of them."""
    shell(
        "(defun shared (ids) (lists:any (lambda (p) (> (length (lists:filter (lambda (i) (lists:prefix p i)) ids)) 1))"
        " (lists:map (lambda (i) (lists:sublist i 4)) ids)))"
    )
    shell("(xrepl-session-manager:create-sessions 3)")

    assert shell('(xrepl-store:get-session "")') == "#(error badarg)"
    assert shell('(xrepl-store:get-session "abc")') == "#(error not-found)"


def test_details_name_the_process(shell: Shell) -> None:
    """`list-detailed` and `get-info` tell whether a session is active, and its pid."""
    shell('(new-session "w") (xrepl-store:create-session #m(name "s"))')
    shell(
        "(defun look (name) (let ((`#(ok ,d) (xrepl-session-manager:get-info name)))"
        " (list (maps:get 'active? d) (is_pid (maps:get 'pid d)))))"
    )

    assert shell('(list (look "w") (look "s"))') == "((true true) (false false))"
    assert shell(
        "(lists:sort (lists:map (lambda (d) (maps:get 'active? d)) (xrepl-session-manager:list-detailed)))"
    ) == ("(false true true)")
    assert shell('(xrepl-session:process-name "a1")') == "xrepl-session-a1"
