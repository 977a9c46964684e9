"""Clauses: patterns, guard, body; the first that matches gives the value.  Shared by all forms that have them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from hy.models import List, Tuple

from xrepl.dialect.data import Atom
from xrepl.dialect.forms import RETURN, Destination, head_of, is_form, no_clause
from xrepl.dialect.guards import is_legal
from xrepl.dialect.kernel import block, call, name, store
from xrepl.dialect.operators import BOOLEAN, TESTS
from xrepl.dialect.patterns import Matching, Step
from xrepl.dialect.raising import ExpansionFailed, LfeError, error
from xrepl.dialect.scope import Block, Model, Where
from xrepl.dialect.tokens import LSym

if TYPE_CHECKING:
    from xrepl.dialect.translate import Translator

Clause = tuple[list[Any], list[Any]]


def one_pattern(clauses: Any) -> list[Clause]:
    """Give clauses of the shape `(pattern [guard] body ...)`."""
    if not all(is_form(clause) and clause for clause in clauses):
        raise no_clause()
    return [([clause[0]], list(clause[1:])) for clause in clauses]


def whole_clauses(clauses: Any, *, is_strict: bool) -> tuple[list[Clause], bool]:
    """Give the clauses before the first that has not the shape of one, and whether there is none such.

    Raises:
        LfeError: there is one, and `is_strict`.
    """
    whole = list(itertools.takewhile(lambda clause: is_form(clause) and clause, clauses))
    if is_strict and len(whole) < len(clauses):
        raise no_clause()
    return one_pattern(whole), len(whole) == len(clauses)


def add_clauses(
    t: Translator, clauses: list[Clause], values: list[Model], where: Where, to: Destination, out: Block, failure: Model
) -> None:
    """Try clauses in order: the first that matches gives the value; none raises the failure."""
    inside: Block = out if to == RETURN else []
    for patterns, rest in clauses:
        if add_clause(t, patterns, values, rest, where, to, inside):
            break
    else:
        inside.append(call("raise", failure))
    if inside is not out:
        out.append(call("while", name("True"), *inside))


def add_clause(
    t: Translator, patterns: list[Any], values: list[Model], rest: list[Any], where: Where, to: Destination, out: Block
) -> bool:
    """Add one clause; say whether it matches everything."""
    matching = Matching(t, where)
    try:
        for pattern, value in zip(patterns, values, strict=True):
            matching.add(pattern, value)
    except ExpansionFailed:
        raise
    except LfeError as problem:  # it fails when a value gets so far, not before
        out.append(t.failing(problem))
        if t.globals.is_compiled and problem.reason[0] is Atom("illegal_pattern"):  # its variables are not bound
            t.body(split_guard(rest)[1], where, to, [])
        return not t.globals.is_compiled  # of a file all clauses are looked at
    inner = where.with_variables(matching.bound)
    tests, rest = split_guard(rest)
    body: Block = []
    t.body(rest, inner, to, body)
    if to != RETURN:
        body.append(call("break"))
    if tests:
        before: Block = []
        model = guard(t, tests, inner, before)
        body = [*before, call("if", model, block(body), name("None"))]
    out.extend(nest(matching.steps, body))
    return not tests and all(step.target for step in matching.steps)


def split_guard(rest: list[Any]) -> tuple[list[Any], list[Any]]:
    """Give a clause's tests and its body."""
    if rest and head_of(rest[0]) == "when":
        return list(rest[0][1:]), list(rest[1:])
    return [], list(rest)


def guard(t: Translator, tests: list[Any], where: Where, before: Block) -> Model:
    """Give the model of a guard: every test must be true, and one that fails is false."""
    tests = [t.expand(test, where) for test in tests]
    if not all(is_legal(t, test, where) for test in tests):
        return _stepwise(t, tests, where, before)
    inside: Block = []
    is_safe = all(is_boolean(t, test, where, TESTS) and _is_flat(test, where) for test in tests)
    models = [t.expression(test, where, inside) for test in tests]
    if not is_safe:
        models = [is_true(model, where) for model in models]
    model = models[0] if len(models) == 1 else call("and", *models)
    if not inside and is_safe:
        return model
    result = where.fresh("guard")
    inside.append(store(result, model))
    caught = call("except", List((name("_x_Exception"),)), store(result, name("False")))
    before.append(call("try", *inside, caught))
    return name(result)


def _stepwise(t: Translator, tests: list[Any], where: Where, before: Block) -> Model:
    """Give the model of a guard that holds what is no test: an error if it gets so far, as in LFE."""
    if t.globals.is_compiled:
        before.append(t.failing(error(Atom("illegal_guard"))))
        return name("True")
    result = where.fresh("guard")
    steps: Block = []
    _tests(t, tests, where, result, steps)
    caught = call("except", List((name("_x_Exception"),)), store(result, name("False")))
    is_illegal = call("is", name(result), name("None"))
    before.append(call("try", *steps, caught))
    before.append(call("if", is_illegal, t.failing(error(Atom("illegal_guard"))), name("None")))
    return name(result)


def _tests(t: Translator, tests: Any, where: Where, result: str, out: Block) -> None:
    """Evaluate tests up to the first that is not true; the result is None for one that is illegal."""
    if not tests:
        out.append(store(result, name("True")))
        return
    _test(t, t.expand(tests[0], where), where, result, out)
    if len(tests) > 1:
        rest: Block = []
        _tests(t, tests[1:], where, result, rest)
        out.append(call("if", name(result), block(rest), name("None")))


def _test(t: Translator, test: Any, where: Where, result: str, out: Block) -> None:
    text = head_of(test)
    if is_legal(t, test, where):
        model = t.expression(test, where, out)
        out.append(store(result, is_true(model, where)))
    elif text == "progn":
        _tests(t, test[1:], where, result, out)
    elif text == "if" and 3 <= len(test) <= 4:
        _test(t, t.expand(test[1], where), where, result, out)
        branches: list[Block] = [[], []]
        for form, branch in zip([*test[2:], LSym("false")], branches, strict=False):
            _tests(t, [form], where, result, branch)
        otherwise = call("if", call("is", name(result), name("False")), block(branches[1]), name("None"))
        out.append(call("if", name(result), block(branches[0]), otherwise))
    else:
        if text and ":" not in text and text != "call":  # the operands of a function are evaluated first
            out.append(Tuple(t.arguments(test[1:], where, out)))
        out.append(store(result, name("None")))


def is_true(model: Model, where: Where) -> Model:
    """Give the model that says whether a test is true: what is neither true nor false counts only if it is numpy's."""
    value = name(where.fresh("test"))
    other = call("and", call("is-not", value, name("False")), call("_x_is_true", value))
    return call("or", call("is", call("setx", value, model), name("True")), other)


def is_boolean(t: Translator, model: Any, where: Where, among: frozenset[tuple[str, int]] = BOOLEAN) -> bool:
    """Say whether a form is a call whose value can only be true or false."""
    text = head_of(model)
    key = (text, len(model) - 1) if text else ("", 0)
    return key in among and key not in where.functions and not t.globals.is_redefined(*key)


def _is_flat(test: Any, where: Where) -> bool:
    """Say whether a test's operands are local variables and constants, so that evaluating it cannot fail."""
    return all(
        str(item) in where.variables if isinstance(item, LSym) else not is_form(item) or head_of(item) == "quote"
        for item in test[1:]
    )


def nest(steps: list[Step], body: Block) -> Block:
    """Put statements inside the tests of a match, with its bindings before them."""
    for step in reversed(steps):
        if step.target:
            body = [store(step.target, step.model), *body]
        elif step.is_statement:
            body = [step.model, *body]
        else:
            body = [call("if", step.model, block(body), name("None"))]
    return body
