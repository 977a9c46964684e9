"""Erlang's gen_server: starting, asking, timeouts, ends; and supervisors over such servers."""

import pytest

from tests.lang.conftest import Shell

SERVER = """
(defmodule srv (export all))
(defun init (a)
  (case a
    ('ignore 'ignore)
    ('odd 'nonsense)
    ('crash (error 'boom))
    ('thrown (throw #(ok thrown)))
    ('slow (timer:sleep 'infinity))
    ('waits #(ok start 1))
    ('continues #(ok start #(continue more)))
    ((tuple 'stop reason) (tuple 'stop reason))
    (n (tuple 'ok n))))
(defun handle_call (request from n)
  (case request
    ('get (tuple 'reply n n))
    ('later (erlang:send_after 1 (self) (tuple 'answer from)) (tuple 'noreply n))
    ('never (tuple 'noreply n))
    ('stop (tuple 'stop 'normal 'bye n))
    ('fail (tuple 'stop 'because n))
    ('crash (exit 'dead))
    ('odd 'nonsense)))
(defun handle_cast (request n)
  (case request
    ((tuple 'add m) (tuple 'noreply (+ n m)))
    ('stop (tuple 'stop 'normal n))))
(defun handle_info (message n)
  (case message
    ((tuple 'answer from) (gen_server:reply from 'late) (tuple 'noreply n))
    (other (tuple 'noreply other))))
(defun handle_continue (argument n) (tuple 'noreply (tuple n argument)))
(defun terminate (reason n) (io:format "end ~p ~p~n" (list reason n)))
(defun bad () #(error nope))
(defmodule sup (export all))
(defun init (told) told)
"""


@pytest.fixture
def server(shell: Shell) -> Shell:
    """Give a shell with the modules srv and sup."""
    shell(SERVER)
    return shell


def outcomes(shell: Shell, text: str) -> list[str]:
    """Evaluate forms, one a line, and give what each shows."""
    return [shell(line.strip()) for line in text.strip().splitlines()]


def test_server_answers_and_keeps_a_state(server: Shell) -> None:
    """Calls are answered, casts change the state, other messages reach handle_info."""
    forms = """
        (set (tuple 'ok p) (gen_server:start 'srv 5 ()))
        (gen_server:call p 'get)
        (gen_server:cast p #(add 3))
        (gen_server:call p 'get)
        (gen_server:call p 'later)
        (! p 'hello)
        (gen_server:call p 'get)
    """

    assert outcomes(server, forms)[1:] == ["5", "ok", "8", "late", "hello", "hello"]


STARTS = [
    ("'ignore", "ignore"),
    ("'odd", "#(error #(bad_return_value nonsense))"),
    ("'crash", "#(error #(boom ()))"),
    ("#(stop reason)", "#(error reason)"),
]


@pytest.mark.parametrize(("argument", "shown"), STARTS)
def test_start_says_why_there_is_no_server(server: Shell, argument: str, shown: str) -> None:
    """What init gives that is no state is the answer of start."""
    assert server(f"(gen_server:start 'srv {argument} ())") == shown


def test_start_gives_up_after_its_timeout(server: Shell) -> None:
    """A server whose init takes too long is killed."""
    assert server("(gen_server:start 'srv 'slow '(#(timeout 1)))") == "#(error timeout)"


def test_what_init_throws_is_its_answer(server: Shell) -> None:
    """A thrown value counts as a returned one."""
    server("(set (tuple 'ok p) (gen_server:start 'srv 'thrown ()))")

    assert server("(gen_server:call p 'get)") == "thrown"


def test_server_has_a_name(server: Shell) -> None:
    """A name is taken once, and free again when the server has stopped."""
    forms = """
        (element 1 (gen_server:start #(local boss) 'srv 1 ()))
        (element 1 (element 2 (gen_server:start #(local boss) 'srv 1 ())))
        (gen_server:call 'boss 'get)
        (gen_server:stop 'boss)
        (whereis 'boss)
        (gen_server:stop 'boss)
    """

    assert outcomes(server, forms) == [
        "ok",
        "already_started",
        "1",
        "end normal 1\nok",
        "undefined",
        "** exception exit: no such process or port",
    ]


def test_global_name_is_any_term(server: Shell) -> None:
    """A server can be found by a global name."""
    server('(gen_server:start #(global #(my "server")) \'srv 7 ())')

    assert server('(gen_server:call #(global #(my "server")) \'get)') == "7"


def test_call_fails_with_the_reason_of_the_servers_end(server: Shell) -> None:
    """Whoever waits for an answer exits with the server's reason and the call."""
    forms = """
        (gen_server:call 'nobody 'get)
        (gen_server:call 'nobody 'get 10)
        (gen_server:call (element 2 (gen_server:start #(local a) 'srv 1 ())) 'crash)
        (gen_server:start #(local b) 'srv 1 ())
        (gen_server:call 'b 'fail)
        (gen_server:start #(local c) 'srv 1 ())
        (gen_server:call 'c 'odd)
    """
    shown = outcomes(server, forms)

    assert [shown[0], shown[1], shown[4], shown[6]] == [
        "** exception exit: #(noproc #(gen_server call (nobody get)))",
        "** exception exit: #(noproc #(gen_server call (nobody get 10)))",
        "end because 1\n** exception exit: #(because #(gen_server call (b fail)))",
        "end {bad_return_value,nonsense} 1\n"
        "** exception exit: #(#(bad_return_value nonsense) #(gen_server call (c odd)))",
    ]


def test_call_that_takes_too_long_fails_and_its_answer_is_dropped(server: Shell) -> None:
    """After a timeout no late answer comes into the mailbox."""
    forms = """
        (gen_server:start #(local slow) 'srv 1 ())
        (catch (gen_server:call 'slow 'later 0))
        (progn (timer:sleep 3) (process_info (self) 'messages))
        (gen_server:call 'slow 'get)
    """

    assert outcomes(server, forms)[1:] == [
        "#(EXIT #(timeout #(gen_server call (slow later 0))))",
        "#(messages ())",
        "1",
    ]


def test_server_stops_with_an_answer(server: Shell) -> None:
    """The caller has its answer when the server has cleaned up."""
    server("(set (tuple 'ok p) (gen_server:start 'srv 1 ()))")

    assert [server("(gen_server:call p 'stop)"), server("(is_process_alive p)")] == ["end normal 1\nbye", "false"]


def test_server_is_told_that_nothing_came(server: Shell) -> None:
    """After the time that init gave, handle_info gets timeout."""
    server("(set (tuple 'ok p) (gen_server:start 'srv 'waits ()))")
    server("(timer:sleep 3)")

    assert server("(gen_server:call p 'get)") == "timeout"


def test_server_continues_before_the_first_message(server: Shell) -> None:
    """What init asks to continue with is done first."""
    server("(set (tuple 'ok p) (gen_server:start 'srv 'continues ()))")

    assert server("(gen_server:call p 'get)") == "#(start more)"


def test_linked_server_ends_with_its_parent(server: Shell) -> None:
    """A linked server gets its parent's exit, and cleans up when it traps exits, else just ends."""
    server("(set (tuple 'ok p) (gen_server:start_link 'srv 1 ()))")
    server("(exit 'over)")

    assert server("(is_process_alive p)") == "false"


def test_state_is_seen_and_replaced_from_outside(server: Shell) -> None:
    """sys looks into a server."""
    server("(gen_server:start #(local s) 'srv 1 ())")

    assert outcomes(server, "(sys:get_state 's)\n(sys:replace_state 's (lambda (n) (+ n 41)))\n(sys:get_state 's)") == [
        "1",
        "42",
        "42",
    ]


def test_answer_is_taken_later(server: Shell) -> None:
    """A request can be sent now and its answer received afterwards."""
    forms = """
        (gen_server:start #(local s) 'srv 9 ())
        (set r (gen_server:send_request 's 'get))
        (gen_server:receive_response r 1000)
        (gen_server:receive_response (gen_server:send_request 's 'never) 1)
    """

    assert outcomes(server, forms)[2:] == ["#(reply 9)", "timeout"]


CHILDREN = "'(" + " ".join(f"#M(id {n} start #(gen_server start_link (#(local {n}) srv {n} ())))" for n in "abc") + ")"


def supervise(server: Shell, flags: str, children: str = CHILDREN) -> str:
    """Start a supervisor named top, with a shell that traps exits; give what that shows."""
    server("(process_flag 'trap_exit 'true)")
    return server(f"(element 1 (supervisor:start_link #(local top) 'sup (tuple 'ok (tuple '{flags} {children}))))")


def settle(server: Shell) -> None:
    """Wait until the supervisor has done what it knows of: it answers a request after the messages before it."""
    server("(catch (supervisor:which_children 'top))")


def alive_as_before(server: Shell, kill: str) -> str:
    """Kill the server of a name and say which of a, b, c are the processes that they were."""
    server("(set before (lists:map #'whereis/1 '(a b c)))")
    server(f"(exit (whereis '{kill}) 'kill)")
    settle(server)
    return server("(lists:zipwith (lambda (p n) (tuple (is_pid (whereis n)) (== p (whereis n)))) before '(a b c))")


OLD, NEW = "#(true true)", "#(true false)"
STRATEGIES = [
    ("one_for_one", f"({OLD} {NEW} {OLD})"),
    ("one_for_all", f"({NEW} {NEW} {NEW})"),
    ("rest_for_one", f"({OLD} {NEW} {NEW})"),
]


@pytest.mark.parametrize(("strategy", "shown"), STRATEGIES)
def test_supervisor_restarts_by_its_strategy(server: Shell, strategy: str, shown: str) -> None:
    """A child that is killed is started again, and with it those that the strategy says."""
    assert supervise(server, f"#M(strategy {strategy})") == "ok"
    assert alive_as_before(server, "b") == shown


def test_supervisor_gives_up_after_too_many_restarts(server: Shell) -> None:
    """More restarts than the intensity end the supervisor and all its children."""
    supervise(server, "#M(strategy one_for_one intensity 1 period 5)")
    alive_as_before(server, "b")
    alive_as_before(server, "a")

    assert server("(lists:map #'whereis/1 '(top a b c))") == "(undefined undefined undefined undefined)"


RESTARTS = [
    ("permanent", "normal", "true"),
    ("permanent", "crash", "true"),
    ("transient", "normal", "false"),
    ("transient", "crash", "true"),
    ("temporary", "normal", "false"),
    ("temporary", "crash", "false"),
]


@pytest.mark.parametrize(("restart", "reason", "again"), RESTARTS)
def test_child_is_restarted_as_its_type_says(server: Shell, restart: str, reason: str, again: str) -> None:
    """Permanent children always come back, transient ones after a failure, temporary ones never."""
    supervise(server, "#M()", f"'(#M(id a start #(gen_server start_link (#(local a) srv a ())) restart {restart}))")
    server("(gen_server:stop 'a)" if reason == "normal" else "(exit (whereis 'a) 'crash)")
    settle(server)

    assert server("(is_pid (whereis 'a))") == again


def test_children_are_listed_and_counted(server: Shell) -> None:
    """which_children has the last one first, count_children what there is and what lives."""
    supervise(server, "#M()")
    server("(supervisor:terminate_child 'top 'b)")

    assert [
        server(
            "(lists:map (lambda (c) (tuple (element 1 c) (is_pid (element 2 c)))) (supervisor:which_children 'top))"
        ),
        server("(supervisor:count_children 'top)"),
    ] == ["(#(c true) #(b false) #(a true))", "(#(specs 3) #(active 2) #(supervisors 0) #(workers 3))"]


def test_children_come_and_go(server: Shell) -> None:
    """A child can be started, ended, started again and forgotten."""
    supervise(server, "#M()", "()")
    start = "(element 1 (supervisor:start_child 'top '#M(id a start #(gen_server start_link (#(local a) srv a ())))))"
    forms = f"""
        {start}
        {start}
        (supervisor:delete_child 'top 'a)
        (supervisor:terminate_child 'top 'a)
        (supervisor:terminate_child 'top 'b)
        (element 1 (supervisor:restart_child 'top 'a))
        (supervisor:restart_child 'top 'a)
        (progn (supervisor:terminate_child 'top 'a) (supervisor:delete_child 'top 'a))
        (supervisor:restart_child 'top 'a)
    """

    assert outcomes(server, forms) == [
        "ok",
        "error",
        "#(error running)",
        "ok",
        "#(error not_found)",
        "ok",
        "#(error running)",
        "ok",
        "#(error not_found)",
    ]


def test_simple_one_for_one_starts_any_number_of_a_kind(server: Shell) -> None:
    """Children of one kind are started with arguments of their own and ended by their pids."""
    supervise(server, "#M(strategy simple_one_for_one)", "'(#M(id k start #(gen_server start_link (srv))))")
    server("(set (tuple 'ok p) (supervisor:start_child 'top '(1 ())))")
    server("(supervisor:start_child 'top '(2 ()))")

    assert [
        server("(gen_server:call p 'get)"),
        server("(supervisor:terminate_child 'top p)"),
        server("(supervisor:count_children 'top)"),
    ] == ["1", "ok", "(#(specs 1) #(active 1) #(supervisors 0) #(workers 1))"]


BAD = [
    ("(tuple 'ok (tuple #M(strategy nonsense) ()))", "#(error #(supervisor_data #(invalid_strategy nonsense)))"),
    ("(tuple 'ok (tuple #(one_for_one -1 5) ()))", "#(error #(supervisor_data #(invalid_intensity -1)))"),
    ("(tuple 'ok (tuple #M() '(x)))", "#(error #(start_spec #(invalid_child_spec x)))"),
    ("(tuple 'ok (tuple #M() '(#M(id a))))", "#(error #(start_spec missing_start))"),
    ("'odd", "#(error #(bad_return #(sup init odd)))"),
    ("'ignore", "ignore"),
    (
        "(tuple 'ok (tuple #M() '(#M(id a start #(srv bad ())))))",
        "#(error #(shutdown #(failed_to_start_child a nope)))",
    ),
]


@pytest.mark.parametrize(("told", "shown"), BAD)
def test_supervisor_says_what_is_wrong(server: Shell, told: str, shown: str) -> None:
    """What makes no sense is named in the answer of start_link."""
    server("(process_flag 'trap_exit 'true)")

    assert server(f"(supervisor:start_link 'sup {told})") == shown


def test_supervisor_ends_its_children_with_itself(server: Shell) -> None:
    """When a supervisor is told to shut down, its children end first, the last one first."""
    supervise(server, "#M()")
    server("(exit (whereis 'top) 'shutdown)")
    settle(server)

    assert server("(lists:map #'whereis/1 '(top a b c))") == "(undefined undefined undefined undefined)"
