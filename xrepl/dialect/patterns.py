"""Patterns to tests and bindings: if-chains with early exit.  Guards and bodies are the translator's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hy.models import Bytes, Expression, Float, Integer, List, String, Tuple

from xrepl.dialect.backquote import expand_backquote
from xrepl.dialect.binary_patterns import match_binary
from xrepl.dialect.bits import Bits
from xrepl.dialect.data import NIL, Atom
from xrepl.dialect.forms import PATTERNS, head_of
from xrepl.dialect.integers import integer_test, is_integer
from xrepl.dialect.kernel import call, get, name, number
from xrepl.dialect.raising import LfeError, error
from xrepl.dialect.scope import Model, Where
from xrepl.dialect.tokens import Dotted, LSym, MapLit, Quoted, datum, form

if TYPE_CHECKING:
    from xrepl.dialect.translate import Translator


class Step(NamedTuple):
    """One step of a match: a test, or a binding of an identifier when `target` is set."""

    model: Model
    target: str = ""
    is_statement: bool = False


class Matching:
    """The steps of matching patterns against values, and the variables that they bind."""

    def __init__(self, translator: Translator, where: Where) -> None:
        self.translator = translator
        self.where = where
        self.steps: list[Step] = []
        self.bound: dict[str, str] = {}

    def test(self, model: Model) -> None:
        self.steps.append(Step(model))

    def bind(self, base: str, model: Model) -> str:
        identifier = self.where.fresh(base)
        self.steps.append(Step(model, identifier))
        return identifier

    def do(self, model: Model) -> None:
        """Add a statement that runs between the tests."""
        self.steps.append(Step(model, is_statement=True))

    def add(self, pattern: Any, value: Model) -> None:
        """Add the steps that match a pattern against a value's model, which is a name."""
        kind = type(pattern)
        if kind in (LSym, Quoted):
            self.variable(str(pattern), value)
        elif kind is Integer:
            same = call("=", value, pattern)
            self.test(same if is_integer(value, self.where) else call("and", integer_test(value, self.where), same))
        elif kind in (Float, Bytes):
            self.test(call("_x_exactly_equal", value, pattern))
        elif kind is String:
            self.test(call("=", value, self.translator.constant(str(pattern) or NIL)))
        elif kind in (Tuple, MapLit):
            self.test(call("_x_exactly_equal", value, self.translator.constant(datum(pattern))))
        elif isinstance(pattern, Dotted):
            self.add(_conses(pattern[:-1], pattern[-1]), value)
        elif isinstance(pattern, (Expression, List)):
            self.compound(pattern, value)
        elif type(pattern) is Bits:
            self.test(call("_x_exactly_equal", value, self.translator.constant(pattern)))
        else:
            raise _illegal(pattern)

    def variable(self, variable: str, value: Model) -> None:
        if variable == "_":
            return
        if variable in self.bound:
            self.test(call("_x_exactly_equal", value, name(self.bound[variable])))
        elif type(value) is LSym and value.startswith("l_"):
            self.bound[variable] = str(value)  # a local name keeps its value: it can have another name
        else:
            self.bound[variable] = self.bind(variable, value)

    def compound(self, pattern: Any, value: Model) -> None:
        if not pattern:
            self.nil(value)
            return
        expanded = self.translator.expand(pattern, self.where)
        if expanded is not pattern:
            self.add(expanded, value)
            return
        head = str(pattern[0]) if type(pattern[0]) is LSym else ""
        size = len(pattern)
        if head == "quote" and size == 2:
            self.literal(pattern[1], value)
        elif head == "backquote" and size == 2:
            self.add(expand_backquote(pattern[1]), value)
        elif head == "tuple":
            self.tuple(pattern[1:], value)
        elif head == "cons" and size == 3:
            self.cons(pattern[1], pattern[2], value)
        elif head == "list":
            self.add(_conses(pattern[1:], Expression()), value)
        elif head == "list*" and size > 2:
            self.add(_conses(pattern[1:-1], pattern[-1]), value)
        elif head == "++" and size > 1:
            self.add(_conses([item for part in pattern[1:-1] for item in _items(part)], pattern[-1]), value)
        elif head == "=" and size == 3:
            self.add(pattern[1], value)
            self.add(pattern[2], value)
        elif head == "binary":
            match_binary(self, pattern[1:], value)
        elif head == "map":
            self.map(pattern[1:], value)
        elif head in PATTERNS:
            PATTERNS[head](self, pattern, value)
        elif all(type(item) is Integer and item >= 0 for item in pattern):
            self.test(call("_x_exactly_equal", value, self.translator.constant(datum(pattern))))
        else:
            raise self.illegal(pattern)

    def literal(self, quoted: Any, value: Model) -> None:
        constant = datum(quoted)
        if isinstance(constant, (Atom, bool)):
            self.test(call("is", value, self.translator.constant(constant)))
        elif constant is NIL:
            self.nil(value)
        else:
            self.test(call("_x_exactly_equal", value, self.translator.constant(constant)))

    def nil(self, value: Model) -> None:
        """Match the empty list, which a string or a Python list can be too."""
        other = call("is-not", call("_x_type", value), name("_x_Cons"))
        is_empty = call("and", other, call("_x_is_nil", value))
        self.test(call("or", call("is", value, name("_x_NIL")), is_empty))

    def tuple(self, patterns: Any, value: Model) -> None:
        size = call("=", call("_x_len", value), number(len(patterns)))
        self.test(call("and", call("is", call("_x_type", value), name("_x_tuple")), size))
        for index, pattern in enumerate(patterns):
            self.part(pattern, get(value, number(index)))

    def cons(self, head: Any, tail: Any, value: Model) -> None:
        cell = self.where.fresh("cell")
        unrolled = call("is-not", call("setx", name(cell), call("_x_uncons", value)), name("None"))
        is_cell = call("is", call("_x_type", call("setx", name(cell), value)), name("_x_Cons"))
        self.test(call("or", is_cell, unrolled))
        self.part(head, call(".", name(cell), name("head")))
        self.part(tail, call(".", name(cell), name("tail")))

    def map(self, pairs: Any, value: Model) -> None:
        self.test(call("_x_isinstance", value, name("_x_dict")))
        if len(pairs) % 2:
            raise _illegal(Expression(pairs[-1:]))
        for key, pattern in zip(pairs[::2], pairs[1::2], strict=True):
            if (isinstance(key, Expression) and key and str(key[0]) != "quote") or type(key) is LSym:
                raise error((Atom("illegal_mapkey"), datum(key)))
            model = call("_x_map_key", self.translator.constant(datum(key[1] if isinstance(key, Expression) else key)))
            self.test(call("in", model, value))
            self.part(pattern, get(value, model))

    def illegal(self, pattern: Any) -> LfeError:
        """Make the error of a form that is no pattern: it shows what the form's macros make of it."""
        from xrepl.dialect.expand import Expander  # it needs what is made of patterns

        problem = _illegal(Expander(self.translator, self.where).all(pattern))
        problem.model = pattern
        return problem

    def part(self, pattern: Any, model: Model) -> None:
        """Match a part of a value: a plain variable takes it as it is."""
        if type(pattern) is LSym and str(pattern) not in self.bound:
            if pattern != "_":
                self.bound[str(pattern)] = self.bind(str(pattern), model)
            return
        self.add(pattern, name(self.bind("part", model)))


def _conses(patterns: Any, tail: Any) -> Any:
    for pattern in reversed(patterns):
        tail = form("cons", pattern, tail)
    return tail


def _items(pattern: Any) -> list[Any]:
    """Give the patterns of a list's elements, of which there must be a known number: what `++` puts before the rest."""
    if type(pattern) is String:
        return [Integer(ord(character)) for character in pattern]
    head = head_of(pattern)
    if head == "list":
        return list(pattern[1:])
    if head == "quote" and isinstance(pattern[1], Expression) and not isinstance(pattern[1], Dotted):
        return [form("quote", item) for item in pattern[1]]
    if isinstance(pattern, (Expression, List)) and not pattern:
        return []
    raise _illegal(pattern)


def _illegal(pattern: Any) -> LfeError:
    return error((Atom("illegal_pattern"), datum(pattern)))
