"""Match specifications written as functions: `(ets-ms ([pattern] [(when test ...)] body ...) ...)`.

They become lists of `#(pattern guards body)`, with `$1`, `$2` ... for the variables of the pattern; other variables are
those of the place.  What a specification means is the library's: `ets`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hy.models import Expression, Tuple

from xrepl.dialect.data import Atom
from xrepl.dialect.forms import expression, head_of, is_form
from xrepl.dialect.raising import ExpansionFailed, LfeError, error
from xrepl.dialect.scope import Block, Model, Where
from xrepl.dialect.tokens import LSym, datum, form

if TYPE_CHECKING:
    from xrepl.dialect.translate import Translator

# what guards and bodies may call, by name and number of arguments
CALLS: Final = frozenset(
    """
    is_atom/1 is_float/1 is_integer/1 is_list/1 is_number/1 is_pid/1 is_port/1 is_reference/1 is_tuple/1 is_map/1
    is_binary/1 is_function/1 is_boolean/1 is_record/2 is_record/3 is_map_key/2 not/1 and/2 or/2 xor/2 andalso/2
    orelse/2 setelement/3 abs/1 element/2 hd/1 length/1 map_get/2 map_size/1 node/0 node/1 round/1 size/1 bit_size/1
    byte_size/1 tl/1 trunc/1 tuple_size/1 ceil/1 floor/1 float/1 self/0 binary_part/3 max/2 min/2 +/1 +/2 -/1 -/2 */2
    //2 div/2 rem/2 band/2 bor/2 bxor/2 bnot/1 bsl/2 bsr/2 >/2 >=/2 </2 =</2 =:=/2 ==/2 =/=/2 /=/2
    """.split()
)
# actions, which a body may have; they have a meaning for a trace
_ACTIONS = frozenset(
    """
    caller/0 disable_trace/1 disable_trace/2 display/1 enable_trace/1 enable_trace/2 exception_trace/0 get_seq_token/0
    message/1 process_dump/0 return_trace/0 set_seq_token/2 set_tcw/1 silent/1 trace/2 trace/3
    """.split()
)
_TRACES = frozenset({"trace-ms", "dbg-ms"})
MATCH_SPECIFICATIONS = frozenset({"ets-ms", "table-ms", "match-spec"}) | _TRACES
_TABLE_HEADS = ("tuple", "record", "make-record")
_TRACE_HEADS = ("list", "cons")


def quoted(text: str) -> Model:
    """Give the form of an atom."""
    return form("quote", LSym(text))


@expression("ets-ms", "table-ms", "match-spec", is_macro=True)
def table_specification(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(ets-ms ([pattern] [(when test ...)] body ...) ...)`: what `ets:select` takes."""
    return t.expression(specification(t, model, where), where, before)


@expression("trace-ms", "dbg-ms", is_macro=True)
def trace_specification(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(trace-ms ([list] [(when test ...)] body ...) ...)`: the same for calls."""
    return t.expression(specification(t, model, where), where, before)


def specification(t: Translator, model: Any, where: Where) -> Model:
    """Give the form that makes a specification.

    Raises:
        ExpansionFailed: a clause has no meaning.
    """
    is_trace = str(model[0]) in _TRACES
    try:
        return _conses([_Clause(t, where, is_trace).form(clause) for clause in model[1:]])
    except LfeError as problem:
        raise ExpansionFailed(model, datum(model), problem.reason) from None


def _conses(models: list[Model]) -> Model:
    made: Model = Expression()
    for model in reversed(models):
        made = form("cons", model, made)
    return made


class _Clause:
    """One clause, and the names that its pattern binds."""

    def __init__(self, t: Translator, where: Where, is_trace: bool) -> None:
        self._translator = t
        self._where = where
        self._is_trace = is_trace
        self._is_body = False
        self._bound: dict[str, str] = {}

    def _expand(self, model: Any) -> Any:
        return self._translator.expand(model, self._where)

    def form(self, clause: Any) -> Model:
        """Give the form that makes the clause's tuple."""
        if not is_form(clause) or not clause or not is_form(clause[0]):
            raise error(Atom("function_clause"))
        head, tests, body = clause[0], [], list(clause[1:])
        if body and head_of(body[0]) == "when":
            tests, body = list(body[0][1:]), body[1:]
        pattern, guards = self._head(head), _conses(list(map(self.expression, tests)))
        self._is_body = True
        return form("tuple", pattern, guards, self._body(body))

    def _body(self, body: list[Any]) -> Model:
        return _conses(list(map(self.expression, body)))

    # --- the pattern

    def _head(self, patterns: Any) -> Model:
        if len(patterns) != 1:
            raise error((Atom("match_spec_head"), datum(patterns)))
        pattern = patterns[0]
        if head_of(pattern) == "=" and len(pattern) == 3:
            first, second = pattern[1:]
            alias, pattern = (first, second) if isinstance(first, LSym) else (second, first)
            if isinstance(alias, LSym):
                self._bound[str(alias)] = "$_"
        pattern = self._expand(pattern)
        if not self._is_head(pattern):
            raise error((Atom("match_spec_head"), datum(pattern)))
        return self.pattern(pattern)

    def _is_head(self, pattern: Any) -> bool:
        """Say whether a pattern may be that of a table's objects, or of a call's arguments."""
        text = head_of(pattern)
        literal = pattern[1] if text == "quote" and len(pattern) == 2 else pattern
        if isinstance(pattern, LSym) or text in (_TRACE_HEADS if self._is_trace else _TABLE_HEADS):
            return True
        if not self._is_trace:
            return isinstance(literal, Tuple)
        return is_form(literal) and (text == "quote" or not literal)

    def pattern(self, model: Any) -> Model:
        """Give the form of a pattern: its variables are numbered in the order of their first use."""
        if isinstance(model, LSym):
            text = str(model)
            return quoted("_") if text == "_" else quoted(self._bound.setdefault(text, f"${self._next()}"))
        model = self._expand(model)
        head = head_of(model)
        if head in ("cons", "list", "tuple", "="):
            return form(head, *map(self.pattern, model[1:]))
        if head in ("record", "make-record"):
            fields = [self.pattern(item) if index % 2 else item for index, item in enumerate(model[2:])]
            return form("record", model[1], *self._with_default(fields))
        return model

    def _next(self) -> int:
        return sum(value != "$_" for value in self._bound.values()) + 1

    def _with_default(self, fields: list[Any]) -> list[Any]:
        """Let the fields that are not named match anything."""
        names = [str(field) for field in fields[::2]]
        return fields if "_" in names else [*fields, LSym("_"), quoted("_")]

    # --- guards and body

    def expression(self, model: Any) -> Model:
        """Give the form of a guard or a part of the body."""
        if isinstance(model, LSym):
            bound = self._bound.get(str(model))
            return model if bound is None else quoted(bound)
        if isinstance(model, Tuple):
            return form("tuple", model)
        model = self._expand(model)
        head = head_of(model)
        if head == "quote" and len(model) == 2:
            return self._constant(model)
        if head in ("cons", "list"):
            return form(head, *map(self.expression, model[1:]))
        if head == "tuple":
            return form("tuple", form("tuple", *map(self.expression, model[1:])))
        if head == "binary":
            return form("binary", *map(self._segment, model[1:]))
        if not is_form(model) or not model or head == "record-index":
            return model
        if head in ("record", "make-record"):
            return form("tuple", form("record", model[1], *self._values(model[2:])))
        if head == "record-field" and len(model) == 4:
            return self._tuple("element", form("record-index", *model[2:]), self.expression(model[1]))
        if head == "record-update" and len(model) > 2:
            return self._updated(model[1], model[2], list(model[3:]))
        return self._call(head, list(model[1:]))

    def _segment(self, segment: Any) -> Any:
        is_whole = is_form(segment) and segment
        return Expression([self.expression(segment[0]), *segment[1:]]) if is_whole else self.expression(segment)

    def _tuple(self, head: str, *arguments: Any) -> Model:
        return form("tuple", quoted(head), *arguments)

    def _values(self, fields: Any) -> list[Any]:
        return [self.expression(item) if index % 2 else item for index, item in enumerate(fields)]

    def _updated(self, value: Any, record: Any, fields: list[Any]) -> Model:
        """Give nested calls that replace fields of a record."""
        made = self.expression(value)
        for field, new in zip(fields[::2], self._values(fields)[1::2], strict=False):
            made = self._tuple("setelement", form("record-index", record, field), made, new)
        return made

    def _constant(self, model: Any) -> Model:
        if isinstance(model[1], Tuple):
            return form("tuple", model)
        is_variable = isinstance(model[1], LSym) and model[1].startswith("$")
        return form("tuple", quoted("const"), model) if is_variable else model

    def _call(self, head: str, arguments: list[Any]) -> Model:
        if head in ("bindings", "object") and not arguments:
            return quoted("$*" if head == "bindings" else "$_")
        head = head.removeprefix("erlang:")
        if head == "is-record" and len(arguments) == 2:
            return self._tuple("is_record", self.expression(arguments[0]), form("quote", arguments[1]))
        name = head
        if f"{name}/{len(arguments)}" not in CALLS | (_ACTIONS if self._is_body else frozenset()):
            raise _illegal(head, arguments)
        return self._tuple(name, *map(self.expression, arguments))


def _illegal(head: str, arguments: list[Any]) -> LfeError:
    if not head:
        return error(Atom("illegal_ms_call"))
    return error((Atom("illegal_ms_func"), (Atom(head), len(arguments))))
