"""List comprehensions: nested loops that collect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hy.models import Expression, List

from xrepl.dialect.clauses import guard, nest, split_guard
from xrepl.dialect.forms import Destination, bad_form, head_of, is_form, statement
from xrepl.dialect.kernel import block, call, name, store
from xrepl.dialect.patterns import Matching
from xrepl.dialect.scope import Block, Where
from xrepl.dialect.tokens import form

if TYPE_CHECKING:
    from xrepl.dialect.translate import Translator

_GENERATORS = {"<-": "_x_generator", "<=": "_x_bits"}


@statement("lc", "list-comp")
def comprehension(t: Translator, model: Any, where: Where, to: Destination, out: Block) -> None:
    """`(lc (qualifier ...) body ...)`: generators `(<- pattern [guard] list)` and tests."""
    if len(model) < 2 or not is_form(model[1]):
        raise bad_form(str(model[0]))
    items = where.fresh("items")
    out.append(store(items, List()))
    _qualifiers(t, list(model[1]), list(model[2:]), items, where, out)
    t.put(call("_x_from_iterable", name(items)), to, out)


def _qualifiers(t: Translator, left: list[Any], body: list[Any], items: str, where: Where, out: Block) -> None:
    """Add the loops of generators and the tests, then the body."""
    if not left:
        value = t.expression(form("progn", *body), where, out)
        out.append(Expression((call(".", name(items), name("append")), value)))
        return
    first, rest = left[0], left[1:]
    if head_of(first) in _GENERATORS and len(first) in (3, 4):
        _generator(t, first, rest, body, items, where, out)
        return
    value = t.expression(first, where, out)
    then: Block = []
    _qualifiers(t, rest, body, items, where, then)
    out.append(call("if", call("is", value, name("True")), block(then), name("None")))


def _generator(
    t: Translator, generator: Any, rest: list[Any], body: list[Any], items: str, where: Where, out: Block
) -> None:
    element = where.fresh("element")
    source = t.expression(generator[-1], where, out)
    matching = Matching(t, where)
    matching.add(generator[1], name(element))
    inner = where.with_variables(matching.bound)
    then: Block = []
    _qualifiers(t, rest, body, items, inner, then)
    tests, _ = split_guard(list(generator[2:-1]))
    if tests:
        before: Block = []
        model = guard(t, tests, inner, before)
        then = [*before, call("if", model, block(then), name("None"))]
    source = call(_GENERATORS[str(generator[0])], source)
    out.append(call("for", List((name(element), source)), *nest(matching.steps, then)))
