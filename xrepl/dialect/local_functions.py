"""Functions that are local to a form: flet, fletrec and their kin, and what is wrong with the shape of one.

`flet`, `fletrec` and `flet*` are macros in LFE, `let-function` and `letrec-function` what they expand to: a form of a
wrong shape fails as the one or the other does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hy.models import Expression, Tuple

from xrepl.dialect.data import Atom
from xrepl.dialect.forms import Destination, bad_form, is_core, is_form, is_path, no_clause, statement
from xrepl.dialect.functions import (
    Parsed,
    first_arity,
    make_function,
    parse_function,
    parse_lambda,
    split_documentation,
)
from xrepl.dialect.kernel import call, function, name, store
from xrepl.dialect.raising import ExpansionFailed, LfeError, error
from xrepl.dialect.scope import Block, Function, Model, Where
from xrepl.dialect.tokens import LSym, datum, form

if TYPE_CHECKING:
    from xrepl.dialect.translate import Translator

_EXPANDED = {"flet": "let-function", "flet*": "let-function", "fletrec": "letrec-function"}
_NO_CLAUSE = Atom("function_clause")


@statement("flet", "let-function", "flet*")
def flet(t: Translator, model: Any, where: Where, to: Destination, out: Block) -> None:
    """`(flet ((f (x) ...) ...) body ...)`: functions that don't see each other; with flet*, those before them."""
    if len(model) == 1 and model[0] == "flet":
        t.put(t.call("flet", (), where, out), to, out)
        return
    is_sequential = model[0] == "flet*"
    made: dict[tuple[str, int], str] = {}
    inner = where
    for text, parsed in _definitions(model):
        if _is_hidden(text, parsed.arity):
            continue
        identifier = where.fresh(text)
        out.append(make_function(t, identifier, parsed, inner, where.fn, text)[0])
        made[text, parsed.arity] = identifier
        if is_sequential:
            inner = where.with_functions(made)
    t.body(model[2:], where.with_functions(made), to, out)


@statement("fletrec", "letrec-function")
def fletrec(t: Translator, model: Any, where: Where, to: Destination, out: Block) -> None:
    """`(fletrec ((f (x) ...) ...) body ...)`: functions that see each other.

    They do so through cells: they are defined in a factory, which is called at once.
    """
    if len(model) == 1 and model[0] == "fletrec":
        t.put(t.call("fletrec", (), where, out), to, out)
        return
    parsed = [each for each in _definitions(model) if not _is_hidden(each[0], each[1].arity)]
    factory = Function(where.fn)
    identifiers = {(text, each.arity): factory.fresh(f"{text}-{each.arity}") for text, each in parsed}
    inner = where.inside(factory).with_functions(identifiers)
    own = set(identifiers.values())
    body: Block = []
    for text, each in parsed:
        identifier = identifiers[text, each.arity]
        made, fn = make_function(t, identifier, each, inner, factory, text, called=text, siblings=frozenset(own))
        captures = [capture for capture in fn.captures if capture not in own]
        body.append(function(identifier, fn.parameters, captures, list(made[3:])))
    body.append(call("return", Tuple(map(name, identifiers.values()))))
    factory_name = where.fresh("factory")
    out.append(function(factory_name, [], [c for c in factory.captures if c not in own], body))
    outer = {key: where.fresh(key[0]) for key in identifiers}
    out.append(store_all(list(outer.values()), call(factory_name)))
    t.body(model[2:], where.with_functions(outer), to, out)


def store_all(identifiers: list[str], model: Model) -> Expression:
    """Give the assignment of a tuple's elements to names."""
    return call("setv", Tuple(map(name, identifiers)), model) if identifiers else store("_", model)


def _is_hidden(text: str, arity: int) -> bool:
    """Say whether no form is a call of a local function: LFE's own form of the name comes first."""
    return is_core(text, arity) or is_path(text, arity)


def check_local(model: Any) -> None:
    """Check that local definitions stand in a list.

    Raises:
        LfeError: they do not; for what is a macro in LFE, its expansion fails.
    """
    if is_form(model[1]):
        return
    reason = Atom("case_clause"), datum(model[1])
    if str(model[0]).startswith("let"):
        raise error(reason)
    shown = Expression((LSym(str(model[0]).rstrip("*")), *model[1:]))
    raise ExpansionFailed(model, datum(shown), reason)


def is_definition(model: Any, item: Any) -> bool:
    """Say whether a local definition of a form has a name and more.

    Raises:
        LfeError: it has not, in a form that is a macro in LFE.
    """
    is_whole = is_form(item) and len(item) > 1
    if not is_whole and not str(model[0]).startswith("let"):
        raise ExpansionFailed(model, datum(model), _NO_CLAUSE)
    return is_whole


def _definitions(model: Any) -> list[tuple[str, Parsed]]:
    head = str(model[0])
    if len(model) < 2:
        if head == "flet*":
            raise ExpansionFailed(model, datum(model), _NO_CLAUSE)
        raise no_clause()
    check_local(model)
    return [_definition(model, item, head) for item in model[1]]


def _definition(model: Any, item: Any, head: str) -> tuple[str, Parsed]:
    expanded = _EXPANDED.get(head, head)
    if not is_definition(model, item) or not isinstance(item[0], LSym) or (head == expanded and len(item) != 2):
        raise bad_form(expanded)
    if head == expanded:
        return str(item[0]), parse_lambda(item[1], head)
    try:
        return str(item[0]), parse_function(item[1:], head)
    except ExpansionFailed:
        raise
    except LfeError as problem:
        return str(item[0]), _failing(item, expanded, problem)


def _failing(item: Any, head: str, problem: LfeError) -> Parsed:
    """Give a function of the arity of its first clause that fails when it is called.

    Raises:
        LfeError: there is no such clause.
    """
    try:
        arity = first_arity(split_documentation(list(item[1:]))[1])
    except LfeError as wrong:
        raise (wrong if wrong.called else bad_form(head)) from None
    parameters = [LSym(f"a{index}") for index in range(arity)]
    return Parsed(arity, [(list(parameters), [form("erlang:error", problem.reason)])], is_lambda=True)
