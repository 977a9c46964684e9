"""Functions to plain Hy: lambdas, clauses, local functions, definitions.

A lambda takes what it uses as keyword-only defaults, so that it keeps the values of the moment of its creation, also
in a function that has become a loop.  A function that calls itself in the last place becomes a loop.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from hy.models import Bytes, Expression, Integer, List, String

from xrepl.dialect.clauses import Clause, add_clauses
from xrepl.dialect.data import Atom, text_of
from xrepl.dialect.forms import (
    RETURN,
    bad_form,
    expression,
    head_of,
    is_core,
    is_form,
    is_symbols,
    no_clause,
)
from xrepl.dialect.kernel import block, call, function, name
from xrepl.dialect.raising import ExpansionFailed, badarg, error
from xrepl.dialect.scope import Block, Function, Model, Where
from xrepl.dialect.tokens import LSym, MapLit, datum, form

if TYPE_CHECKING:
    from xrepl.dialect.translate import Translator

MAX_ARITY = 20
_MOST_CHECKS = 40  # a body with more operators than this is not translated twice: it would take long to compile


class Parsed(NamedTuple):
    """What a definition says: arity, clauses, documentation.

    `is_lambda` says that it was written with parameters, not with patterns: a body has no guard then.
    """

    arity: int
    clauses: list[Clause]
    documentation: str = ""
    is_lambda: bool = False


def parse_clauses(parts: Any) -> Parsed:
    """Read match-lambda clauses `((pattern ...) body ...)`."""
    arity = first_arity(parts)
    clauses: list[Clause] = []
    for part in parts:
        if not is_form(part) or not part or not is_form(part[0]) or len(part[0]) != arity:
            raise bad_form("match-lambda")
        clauses.append((list(part[0]), list(part[1:])))
    return Parsed(arity, clauses)


def first_arity(parts: Any) -> int:
    """Give the arity that the first clause has; the others are looked at when the function is called."""
    if not parts or not isinstance(parts[0], (Expression, List)) or isinstance(parts[0], MapLit) or not parts[0]:
        raise no_clause()
    patterns = parts[0][0]
    if not is_form(patterns):
        raise badarg("erlang", "length", datum(patterns))
    return len(patterns)


def parse_function(parts: Any, head: str) -> Parsed:
    """Read what follows a function's name: `(x ...) [docstring] body ...` or `[docstring] clause ...`."""
    parts = list(parts)
    if not parts:
        raise bad_form(head)
    first = parts[0]
    if is_symbols(first):
        documentation, body = split_documentation(parts[1:])
        return Parsed(len(first), [(list(first), body)], documentation, True)
    documentation, parts = split_documentation(parts)
    return parse_clauses(parts)._replace(documentation=documentation)


def split_documentation(parts: list[Any]) -> tuple[str, list[Any]]:
    """Give the documentation and what follows it: types and texts at the beginning, but not at the end."""
    documentation = ""
    while parts:
        text = _text(parts[0])
        if text is not None and len(parts) > 1:
            documentation = documentation or text
        elif head_of(parts[0]) != "spec":
            break
        parts = parts[1:]
    return documentation, parts


def _text(model: Any) -> str | None:
    """Give the text that a model is: a string, a binary, or a list of characters."""
    if type(model) is Bytes:
        return bytes(model).decode("utf-8", "replace")
    if is_form(model) and model and all(type(item) is Integer for item in model):
        return text_of([int(item) for item in model])
    return str(model) if type(model) is String else None


def make_function(
    t: Translator,
    identifier: str,
    parsed: Parsed,
    where: Where,
    parent: Function | None,
    label: str,
    called: str = "",
    siblings: frozenset[str] = frozenset(),
) -> tuple[Expression, Function]:
    """Give the definition of a function with pattern clauses, and what it captures.

    Args:
        t: the translator.
        identifier: the Python name to define.
        parsed: arity and clauses.
        where: what its code sees.
        parent: the function that it is defined in; None for a definition of the session.
        label: the name that its failures have.
        called: the name by which its body calls it, when it can.
        siblings: the identifiers of the local functions that see each other, itself included.
    """
    if parsed.arity > MAX_ARITY:
        raise error((Atom("argument_limit"), parsed.arity))
    fn = Function(parent, (called, parsed.arity) if called else None, identifier, siblings)
    if parent is not None:
        parent.has_inner = True
    is_plain = parsed.is_lambda or (len(parsed.clauses) == 1 and _are_variables(parsed.clauses[0][0]))
    bases = map(str, parsed.clauses[0][0]) if is_plain else (f"a{index}" for index in range(parsed.arity))
    fn.parameters = [fn.fresh(base) for base in bases]
    values = [name(parameter) for parameter in fn.parameters]
    problem = t.globals.no_clause(label, values)
    inner = where.inside(fn)
    if is_plain:
        inner = inner.with_variables(dict(zip(map(str, parsed.clauses[0][0]), fn.parameters, strict=True)))

    def translate(where: Where) -> Block:
        body: Block = []
        rest = parsed.clauses[0][1]
        if not is_plain:
            add_clauses(t, parsed.clauses, values, where, RETURN, body, problem)
        elif rest and head_of(rest[0]) == "when" and not parsed.is_lambda:
            add_clauses(t, [([], rest)], [], where, RETURN, body, problem)
        else:
            t.body(rest, where, RETURN, body)
        return [call("while", name("True"), *body)] if fn.is_loop else body

    body = translate(inner)
    body = [*_for_integers(t, fn, inner, translate), *body]
    captures = [capture for capture in fn.captures if capture != identifier or parent is None]
    return function(identifier, fn.parameters, captures, body), fn


def _for_integers(t: Translator, fn: Function, where: Where, translate: Callable[[Where], Block]) -> Block:
    """Give the body once more for parameters that are integers, when that saves tests; empty when it does not.

    One test at the beginning is then in the place of one for each operator.  A round of a loop must give such a
    parameter another integer: one that may get something else is left out, and the body is translated anew.
    """
    if fn.has_inner or sum(fn.checks.values()) > _MOST_CHECKS:
        return []
    least = 1 if fn.is_loop else 2
    sure = [parameter for parameter in fn.parameters if fn.checks[parameter] >= least]
    while sure:
        fn.lost.clear()
        with t.globals.quiet():  # what is wrong in it was told the first time
            body = translate(where.with_integers(sure))
        if fn.lost.isdisjoint(sure):
            tests = [call("is", call("_x_type", name(parameter)), name("_x_int")) for parameter in sure]
            return [call("if", tests[0] if len(tests) == 1 else call("and", *tests), block(body), name("None"))]
        sure = [parameter for parameter in sure if parameter not in fn.lost]
    return []


def _are_variables(patterns: list[Any]) -> bool:
    names = [str(pattern) for pattern in patterns if type(pattern) is LSym and pattern != "_"]
    return all(type(pattern) is LSym for pattern in patterns) and len(names) == len(set(names))


def definition(t: Translator, text: str, parsed: Parsed) -> Expression:
    """Give the definition of a function of the session."""
    identifier = t.globals.own_id(text, parsed.arity)
    return make_function(t, identifier, parsed, Where(), None, text, called=text)[0]


@expression("lambda")
def lambda_(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(lambda (x ...) body ...)`."""
    if len(model) < 2 or not is_symbols(model[1]):
        raise bad_form("lambda")
    return closure(t, parse_lambda(model, "lambda"), where, before)


@expression("match-lambda")
def match_lambda(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(match-lambda ((pattern ...) body ...) ...)`."""
    if len(model) > 1 and is_form(model[1]) and model[1] and not is_form(model[1][0]):
        raise bad_form("match-lambda")
    return closure(t, parse_clauses(model[1:]), where, before)


def closure(t: Translator, parsed: Parsed, where: Where, before: Block) -> Model:
    """Define an anonymous function before the form that uses it."""
    identifier = where.fresh("lambda")
    before.append(make_function(t, identifier, parsed, where, where.fn, "lambda")[0])
    return name(identifier)


@expression("function")
def function_reference(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`#'f/2` and `#'m:f/2`."""
    if len(model) == 4 and _are_symbols(model[1:3]) and type(model[3]) is Integer:
        return name(t.globals.remote(str(model[1]), str(model[2]), int(model[3])))
    if len(model) != 3 or not _are_symbols(model[1:2]) or type(model[2]) is not Integer:
        return t.call("function", model[1:], where, before)
    key = (str(model[1]), int(model[2]))
    local = where.functions.get(key)
    if local is not None:
        return name(where.use(local))
    if t.globals.is_redefined(*key) and not is_core(*key):
        return name(t.globals.function(*key))
    return closure(t, _calling([model[1]], key[1]), where, before)


@expression("fun", is_macro=True)
def fun(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(fun f arity)` and `(fun module f arity)`: a lambda that calls the function."""
    if not 3 <= len(model) <= 4:
        return t.call("fun", model[1:], where, before)
    if type(model[-1]) is not Integer:
        raise ExpansionFailed(model, datum(model), Atom("badarith"))
    head = [model[1]] if len(model) == 3 else list(form("call", *(form("quote", part) for part in model[1:3])))
    return closure(t, _calling(head, int(model[-1])), where, before)


def _calling(head: list[Any], arity: int) -> Parsed:
    """Give the lambda that calls something with its own arguments."""
    parameters = [LSym(f"a{index}") for index in range(arity)]
    return Parsed(arity, [(list(parameters), [Expression((*head, *parameters))])], is_lambda=True)


def _are_symbols(models: Any) -> bool:
    return all(isinstance(model, LSym) for model in models)


def parse_lambda(model: Any, head: str) -> Parsed:
    """Read a function written as `(lambda ...)` or `(match-lambda ...)`."""
    kind = head_of(model)
    if kind == "lambda" and len(model) > 1 and is_symbols(model[1]):
        return Parsed(len(model[1]), [(list(model[1]), list(model[2:]))], is_lambda=True)
    if kind == "match-lambda":
        return parse_clauses(model[1:])
    raise bad_form(head)
