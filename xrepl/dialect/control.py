"""Sequence, choice and binding: progn, if, cond, case, let, andalso, orelse and their kin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hy.models import Expression

from xrepl.dialect.clauses import add_clauses, guard, is_boolean, nest, split_guard, whole_clauses
from xrepl.dialect.data import Atom
from xrepl.dialect.forms import (
    DROP,
    RETURN,
    Destination,
    bad_form,
    expression,
    head_of,
    is_form,
    no_clause,
    set_to,
    statement,
)
from xrepl.dialect.functions import parse_clauses
from xrepl.dialect.kernel import block, call, name
from xrepl.dialect.patterns import Matching
from xrepl.dialect.raising import ExpansionFailed, error
from xrepl.dialect.scope import Block, Model, Where
from xrepl.dialect.tokens import LSym, datum, form

if TYPE_CHECKING:
    from xrepl.dialect.translate import Translator


@statement("progn")
def progn(t: Translator, model: Any, where: Where, to: Destination, out: Block) -> None:
    """`(progn form ...)`: the last one's value."""
    t.body(model[1:], where, to, out)


@statement("prog1", "prog2", is_macro=True)
def prog1(t: Translator, model: Any, where: Where, to: Destination, out: Block) -> None:
    """`(prog1 first form ...)`: the first one's value; prog2: the second one's."""
    first = 2 if model[0] == "prog2" else 1
    if len(model) <= first:
        raise bad_form(str(model[0]))
    result = where.fresh("first")
    for item in model[1:first]:
        t.statement(item, where, DROP, out)
    t.statement(model[first], where, set_to(result), out)
    for item in model[first + 1 :]:
        t.statement(item, where, DROP, out)
    t.put(name(result), to, out)


def condition(t: Translator, model: Any, where: Where, before: Block, what: str) -> Model:
    """Give the model of a test, true or false for Python; what is neither is the language's error."""
    value = t.expression(model, where, before)
    if value in (name("True"), name("False")) or is_boolean(t, model, where):
        return value
    temporary = name(where.fresh("test"))
    check = "_x_test"
    if t.globals.is_compiled and what != "cond":
        check, what = "_x_compiled_test", "badarg" if what == "badarg" else "case_clause"
    problem = call(check, temporary, t.constant(Atom(what)))
    slow = call("and", call("is-not", temporary, name("False")), problem)
    return call("or", call("is", call("setx", temporary, value), name("True")), slow)


@statement("if")
def if_(t: Translator, model: Any, where: Where, to: Destination, out: Block) -> None:
    """`(if test then [else])`: without else it is false."""
    if not 3 <= len(model) <= 4:
        raise no_clause()
    test = condition(t, model[1], where, out, "if")
    choose(t, test, model[2], model[3] if len(model) == 4 else form("quote", LSym("false")), where, to, out)


def choose(t: Translator, test: Model, then: Any, otherwise: Any, where: Where, to: Destination, out: Block) -> None:
    """Evaluate one of two forms."""
    yes: Block = []
    no: Block = []
    t.statement(then, where, to, yes)
    t.statement(otherwise, where, to, no)
    out.append(call("if", test, block(yes), block(no)))


@statement("cond", is_macro=True)
def cond(t: Translator, model: Any, where: Where, to: Destination, out: Block) -> None:
    """`(cond (test body ...) ((?= pattern [guard] value) body ...) (else body ...))`."""
    if len(model) == 1:
        t.put(name("False"), to, out)
        return
    clause, rest = model[1], form("cond", *model[2:])
    if not is_form(clause) or not clause:
        raise bad_form("cond")
    head = clause[0]
    if type(head) is LSym and head == "else" and len(model) == 2:
        t.body(clause[1:], where, to, out)
        return
    if head_of(head) == "?=":
        if len(head) != 3 and not (len(head) == 4 and head_of(head[2]) == "when"):
            raise bad_form("cond")
        tests = [head[2]] if len(head) == 4 else []
        matched = Expression((head[1], *tests, *clause[1:]))
        t.statement(form("case", head[-1], matched, Expression((LSym("_"), rest))), where, to, out)
        return
    test = condition(t, head, where, out, "cond")
    yes: Block = []
    no: Block = []
    t.body(clause[1:], where, to, yes)
    t.statement(rest, where, to, no)
    out.append(call("if", test, block(yes), block(no)))


@statement("andalso", is_macro=True)
def andalso(t: Translator, model: Any, where: Where, to: Destination, out: Block) -> None:
    """`(andalso test ...)`: false at the first that is."""
    _shortcut(t, model, "true", where, to, out)


@statement("orelse", is_macro=True)
def orelse(t: Translator, model: Any, where: Where, to: Destination, out: Block) -> None:
    """`(orelse test ...)`: true at the first that is."""
    _shortcut(t, model, "false", where, to, out)


def _shortcut(t: Translator, model: Any, go_on: str, where: Where, to: Destination, out: Block) -> None:
    if len(model) <= 2:
        t.body(model[1:] or [form("quote", LSym(go_on))], where, to, out)
        return
    rest = Expression((model[0], *model[2:]))
    stop = form("quote", LSym("false" if go_on == "true" else "true"))
    branches = (rest, stop) if go_on == "true" else (stop, rest)
    choose(t, condition(t, model[1], where, out, "badarg"), *branches, where, to, out)


@statement("case")
def case(t: Translator, model: Any, where: Where, to: Destination, out: Block) -> None:
    """`(case value (pattern [(when test ...)] body ...) ...)`."""
    if len(model) < 2:
        raise no_clause()
    clauses, is_whole = whole_clauses(model[2:], is_strict=t.globals.is_compiled)
    value = t.value_name(model[1], where, out)
    failure = call("_x_case_clause", value) if is_whole else call("_x_error", t.constant(Atom("function_clause")))
    add_clauses(t, clauses, [value], where, to, out, failure)


@statement("let")
def let(t: Translator, model: Any, where: Where, to: Destination, out: Block) -> None:
    """`(let ((pattern [guard] value) ...) body ...)`: the values don't see the variables."""
    _check_bindings(model)
    bound: dict[str, str] = {}
    for item in model[1]:
        bound.update(binding(t, item, where, out))
    t.body(model[2:], where.with_variables(bound), to, out)


@statement("let*", is_macro=True)
def let_star(t: Translator, model: Any, where: Where, to: Destination, out: Block) -> None:
    """`(let* ((pattern [guard] value) ...) body ...)`: each value sees the variables before it."""
    _check_bindings(model)
    for item in model[1]:
        where = where.with_variables(binding(t, item, where, out))
    t.body(model[2:], where, to, out)


def _check_bindings(model: Any) -> None:
    if len(model) < 2:
        raise ExpansionFailed(model, datum(model), Atom("function_clause")) if model[0] == "let*" else no_clause()
    if not is_form(model[1]):
        raise error((Atom("case_clause"), datum(model[1])))


def binding(t: Translator, item: Any, where: Where, out: Block) -> dict[str, str]:
    """Match one binding of a `let`: the variables that it binds."""
    if not is_form(item) or not 2 <= len(item) <= 3 or (len(item) == 3 and head_of(item[1]) != "when"):
        raise bad_form("let")
    pattern = item[0]
    if type(pattern) is LSym and len(item) == 2 and pattern != "_":
        value = where.fresh(str(pattern))
        t.statement(item[1], where, set_to(value), out)
        return {str(pattern): value}
    value_model = t.value_name(item[-1], where, out)
    matching = Matching(t, where)
    matching.add(pattern, value_model)
    success: Block = [call("break")]
    if len(item) == 3:
        tests, _ = split_guard(list(item[1:2]))
        before: Block = []
        model = guard(t, tests, where.with_variables(matching.bound), before)
        success = [*before, call("if", model, call("break"), name("None"))]
    steps = nest(matching.steps, success)
    out.append(call("while", name("True"), *steps, call("raise", call("_x_badmatch", value_model))))
    return matching.bound


@statement("maybe")
def maybe(t: Translator, model: Any, where: Where, to: Destination, out: Block) -> None:
    """`(maybe form ... [(else ((pattern) body ...) ...)])`: ends at a `(?= pattern form)` that does not match.

    Its value is then that form's, or what `else` makes of it.
    """
    body = list(model[1:])
    otherwise = body.pop() if body and head_of(body[-1]) == "else" else None
    if any(head_of(item) == "else" for item in body):
        raise bad_form("maybe")
    _maybe(t, body, otherwise, where, to, out)


def _maybe(t: Translator, body: list[Any], otherwise: Any, where: Where, to: Destination, out: Block) -> None:
    if body and head_of(body[0]) == "?=" and len(body[0]) == 3:
        _maybe_match(t, body, otherwise, where, to, out)
    elif body and head_of(body[0]) == "let" and len(body[0]) > 1:
        _check_bindings(body[0])
        bound: dict[str, str] = {}
        for item in body[0][1]:
            bound.update(binding(t, item, where, out))
        _maybe(t, [*body[0][2:], *body[1:]], otherwise, where.with_variables(bound), to, out)
    elif len(body) > 1:
        t.statement(body[0], where, DROP, out)
        _maybe(t, body[1:], otherwise, where, to, out)
    else:
        t.body(body, where, to, out)


def _maybe_match(t: Translator, body: list[Any], otherwise: Any, where: Where, to: Destination, out: Block) -> None:
    """Go on inside the match; what comes after it is for a value that does not match."""
    value = t.value_name(body[0][2], where, out)
    matching = Matching(t, where)
    matching.add(body[0][1], value)
    success: Block = []
    if len(body) > 1:
        _maybe(t, body[1:], otherwise, where.with_variables(matching.bound), to, success)
    else:
        t.put(value, to, success)
    failure: Block = []
    if otherwise is None:
        t.put(value, to, failure)
    else:
        clauses = parse_clauses(otherwise[1:]).clauses
        if len(clauses[0][0]) != 1:
            raise bad_form("match-lambda")
        add_clauses(t, clauses, [value], where, to, failure, call("_x_else_clause", value))
    if to == RETURN:
        out.extend([*nest(matching.steps, success), *failure])
    else:
        steps = nest(matching.steps, [*success, call("break")])
        out.append(call("while", name("True"), *steps, *failure, call("break")))


@statement("do", is_macro=True)
def do(t: Translator, model: Any, where: Where, to: Destination, out: Block) -> None:
    """`(do ((variable first next) ...) (test result) body ...)`: a loop, as its tail-recursive function.

    The body's value is `do-state` in the forms for the next round.
    """
    is_right = len(model) > 2 and is_form(model[1]) and is_form(model[2]) and len(model[2]) == 2
    if not is_right or not all(is_form(item) and len(item) == 3 for item in model[1]):
        raise ExpansionFailed(model, datum(model), Atom("function_clause"))
    variables, first, following = (Expression(item[index] for item in model[1]) for index in range(3))
    test, result = model[2]
    state = Expression((Expression((LSym("do-state"), form("progn", *model[3:]))),))
    body = form("let", state, form("-do-loop-", *following))
    loop = Expression((LSym("-do-loop-"), variables, form("if", test, result, body)))
    t.statement(form("fletrec", Expression((loop,)), form("-do-loop-", *first)), where, to, out)


@expression("the")
def the(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(the type form)`: the form; types are not checked."""
    if len(model) != 3:
        raise bad_form("the")
    return t.expression(model[2], where, before)


@expression("eval-when-compile")
def eval_when_compile(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(eval-when-compile ...)` inside a form: nothing in a file, no form at the prompt; the top level has its own."""
    if t.globals.is_compiled:
        return name("_x_NIL")
    return t.call("eval-when-compile", model[1:], where, before)
