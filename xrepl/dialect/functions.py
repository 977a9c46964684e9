"""Functions to plain Hy: lambdas, clauses, local functions, definitions.

A lambda takes what it uses as keyword-only defaults, so that it keeps the values of the moment of its creation, also
in a function that has become a loop.  A function that calls itself in the last place becomes a loop.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hy.models import Expression, String, Tuple

from xrepl.dialect.clauses import Clause, add_clauses
from xrepl.dialect.data import Atom
from xrepl.dialect.forms import RETURN, Destination, bad_form, expression, head_of, is_form, is_symbols, statement
from xrepl.dialect.kernel import call, function, name, store
from xrepl.dialect.names import function_id
from xrepl.dialect.raising import error
from xrepl.dialect.scope import Block, Function, Model, Where
from xrepl.dialect.tokens import LSym, datum

if TYPE_CHECKING:
    from xrepl.dialect.translate import Translator

MAX_ARITY = 20


class Parsed(NamedTuple):
    """What a definition says: arity, clauses, documentation."""

    arity: int
    clauses: list[Clause]
    documentation: str = ""


def parse_clauses(parts: Any, head: str) -> Parsed:
    """Read match-lambda clauses `((pattern ...) body ...)`."""
    clauses: list[Clause] = []
    for part in parts:
        if not is_form(part) or not part or not is_form(part[0]):
            raise bad_form(head)
        clauses.append((list(part[0]), list(part[1:])))
    arities = {len(patterns) for patterns, _ in clauses}
    if len(arities) != 1:
        raise bad_form(head)
    return Parsed(arities.pop(), clauses)


def parse_function(parts: Any, head: str) -> Parsed:
    """Read what follows a function's name: `(x ...) [docstring] body ...` or `[docstring] clause ...`."""
    parts = list(parts)
    if not parts:
        raise bad_form(head)
    first = parts[0]
    if is_symbols(first):
        documentation, body = _documentation(parts[1:])
        return Parsed(len(first), [(list(first), body)], documentation)
    documentation, parts = _documentation(parts)
    arity, clauses, _ = parse_clauses(parts, head)
    return Parsed(arity, clauses, documentation)


def _documentation(parts: list[Any]) -> tuple[str, list[Any]]:
    if len(parts) > 1 and type(parts[0]) is String:
        return str(parts[0]), parts[1:]
    return "", parts


def make_function(
    t: Translator, identifier: str, parsed: Parsed, where: Where, parent: Function | None, label: str, called: str = ""
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
    """
    if parsed.arity > MAX_ARITY:
        raise error((Atom("argument_limit"), parsed.arity))
    fn = Function(parent, (called, parsed.arity) if called else None)
    is_plain = len(parsed.clauses) == 1 and _are_variables(parsed.clauses[0][0])
    bases = map(str, parsed.clauses[0][0]) if is_plain else (f"a{index}" for index in range(parsed.arity))
    fn.parameters = [fn.fresh(base) for base in bases]
    body: Block = []
    values = [name(parameter) for parameter in fn.parameters]
    problem = call("_x_function_clause", t.globals.constant(label), *values)
    inner = where.inside(fn)
    if is_plain:
        patterns, rest = parsed.clauses[0]
        inner = inner.with_variables(dict(zip(map(str, patterns), fn.parameters, strict=True)))
        if rest and head_of(rest[0]) == "when":
            add_clauses(t, [([], rest)], [], inner, RETURN, body, problem)
        else:
            t.body(rest, inner, RETURN, body)
    else:
        add_clauses(t, parsed.clauses, values, inner, RETURN, body, problem)
    if fn.is_loop:
        body = [call("while", name("True"), *body)]
    captures = [capture for capture in fn.captures if capture != identifier or parent is None]
    return function(identifier, fn.parameters, captures, body), fn


def _are_variables(patterns: list[Any]) -> bool:
    names = [str(pattern) for pattern in patterns if type(pattern) is LSym and pattern != "_"]
    return all(type(pattern) is LSym for pattern in patterns) and len(names) == len(set(names))


def definition(t: Translator, text: str, parsed: Parsed) -> Expression:
    """Give the definition of a function of the session."""
    identifier = function_id(text, parsed.arity)
    return make_function(t, identifier, parsed, Where(), None, text, called=text)[0]


@expression("lambda")
def lambda_(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(lambda (x ...) body ...)`."""
    if len(model) < 2 or not is_symbols(model[1]):
        raise bad_form("lambda")
    return closure(t, Parsed(len(model[1]), [(list(model[1]), list(model[2:]))]), where, before)


@expression("match-lambda")
def match_lambda(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(match-lambda ((pattern ...) body ...) ...)`."""
    return closure(t, parse_clauses(model[1:], "match-lambda"), where, before)


def closure(t: Translator, parsed: Parsed, where: Where, before: Block) -> Model:
    """Define an anonymous function before the form that uses it."""
    identifier = where.fresh("lambda")
    before.append(make_function(t, identifier, parsed, where, where.fn, "lambda")[0])
    return name(identifier)


@expression("function")
def function_reference(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`#'f/2` and `#'m:f/2`."""
    if len(model) == 4:
        return name(t.globals.remote(str(model[1]), str(model[2]), int(model[3])))
    key = (str(model[1]), int(model[2]))
    local = where.functions.get(key)
    return name(where.use(local)) if local is not None else name(t.globals.function(*key))


@statement("flet", "let-function", "flet*")
def flet(t: Translator, model: Any, where: Where, to: Destination, out: Block) -> None:
    """`(flet ((f (x) ...) ...) body ...)`: functions that don't see each other; with flet*, those before them."""
    is_sequential = model[0] == "flet*"
    made: dict[tuple[str, int], str] = {}
    inner = where
    for text, parsed in _local_functions(model):
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
    parsed = _local_functions(model)
    factory = Function(where.fn)
    identifiers = {(text, each.arity): factory.fresh(f"{text}-{each.arity}") for text, each in parsed}
    inner = where.inside(factory).with_functions(identifiers)
    own = set(identifiers.values())
    body: Block = []
    for text, each in parsed:
        identifier = identifiers[text, each.arity]
        made, fn = make_function(t, identifier, each, inner, factory, text, called=text)
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


def _local_functions(model: Any) -> list[tuple[str, Parsed]]:
    head = str(model[0])
    if len(model) < 2 or not is_form(model[1]):
        raise bad_form(head)
    return [_local_function(item, head) for item in model[1]]


def _local_function(item: Any, head: str) -> tuple[str, Parsed]:
    if not is_form(item) or len(item) < 2 or type(item[0]) is not LSym:
        raise bad_form(head)
    if head.endswith("function") and len(item) == 2 and head_of(item[1]):
        return str(item[0]), parse_lambda(item[1], head)
    return str(item[0]), parse_function(item[1:], head)


def parse_lambda(model: Any, head: str) -> Parsed:
    """Read a function written as `(lambda ...)` or `(match-lambda ...)`."""
    kind = head_of(model)
    if kind == "lambda" and len(model) > 1 and is_symbols(model[1]):
        return Parsed(len(model[1]), [(list(model[1]), list(model[2:]))])
    if kind == "match-lambda":
        return parse_clauses(model[1:], head)
    raise error((Atom("bad_form"), datum(model[0]) if model else Atom(head)))
