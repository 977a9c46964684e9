"""Comprehensions of lists and binaries: nested loops that collect.

A generator goes through a list (`<-`) or takes a binary apart (`<=`); a test that is not true leaves the round out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hy.models import List

from xrepl.dialect.binary_patterns import match_next_bits
from xrepl.dialect.clauses import guard, is_boolean, is_true, nest, split_guard
from xrepl.dialect.data import Atom
from xrepl.dialect.forms import Destination, head_of, is_form, no_clause, statement
from xrepl.dialect.kernel import block, call, call_value, name, store
from xrepl.dialect.patterns import Matching
from xrepl.dialect.raising import error
from xrepl.dialect.scope import Block, Where
from xrepl.dialect.tokens import datum, form

if TYPE_CHECKING:
    from xrepl.dialect.translate import Translator


class _Inner(NamedTuple):
    """What the innermost loop does: the forms whose value is collected, and the name of the collection."""

    body: list[Any]
    items: str


@statement("lc", "list-comp", "bc", "binary-comp")
def comprehension(t: Translator, model: Any, where: Where, to: Destination, out: Block) -> None:
    """`(lc (qualifier ...) form)`: qualifiers are generators `(<- pattern [guard] list)` and tests."""
    if len(model) != 3:
        t.put(t.call(str(model[0]), model[1:], where, out), to, out)
        return
    if not is_form(model[1]):
        raise no_clause()
    items = where.fresh("items")
    out.append(store(items, List()))
    _qualifiers(t, list(model[1]), _Inner(list(model[2:]), items), where, out)
    collect = "_x_from_iterable" if str(model[0]).startswith("l") else "_x_collect_bits"
    t.put(call(collect, name(items)), to, out)


def _qualifiers(t: Translator, left: list[Any], inner: _Inner, where: Where, out: Block) -> None:
    """Add the loops of generators and the tests, then the body."""
    if not left:
        value = t.expression(form("progn", *inner.body), where, out)
        out.append(call_value(call(".", name(inner.items), name("append")), value))
        return
    first, rest = left[0], left[1:]
    if head_of(first) in ("<-", "<=") and _is_generator(first):
        _generator(t, first, rest, inner, where, out)
        return
    value = t.expression(first, where, out)
    then: Block = []
    _qualifiers(t, rest, inner, where, then)
    test = value if is_boolean(t, first, where) else is_true(value, where)
    out.append(call("if", test, block(then), name("None")))


def _is_generator(qualifier: Any) -> bool:
    return len(qualifier) == 3 or (len(qualifier) == 4 and head_of(qualifier[2]) == "when")


def _generator(t: Translator, generator: Any, rest: list[Any], inner: _Inner, where: Where, out: Block) -> None:
    source = t.expression(generator[-1], where, out)
    element = where.fresh("element")
    matching = Matching(t, where)
    if head_of(generator) == "<-":
        source = call("_x_generator", source)
        matching.add(generator[1], name(element))
    else:
        source = call("_x_bit_generator", source)
        pattern = t.expand(generator[1], where)
        if head_of(pattern) != "binary":
            raise error((Atom("illegal_pattern"), datum(pattern)))
        match_next_bits(matching, pattern[1:], name(element))
    then: Block = []
    where = where.with_variables(matching.bound)
    _qualifiers(t, rest, inner, where, then)
    tests, _ = split_guard(list(generator[2:-1]))
    if tests:
        before: Block = []
        model = guard(t, tests, where, before)
        then = [*before, call("if", model, block(then), name("None"))]
    out.append(call("for", List((name(element), source)), *nest(matching.steps, then)))
