"""Records: tuples with a name and named fields, the forms on them, and the macros that `defrecord` gives.

A definition is data in the session: fields with the forms of their defaults.  The macros (`make-point`, `point-x` ...)
are not stored: a name that is one of them follows from the definition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from hy.models import Expression, Tuple

from xrepl.dialect.data import Atom, from_iterable
from xrepl.dialect.definitions import forget, misshapen, toplevel
from xrepl.dialect.forms import PATTERNS, bad_form, expression, is_form, no_clause
from xrepl.dialect.kernel import call, get, name, number
from xrepl.dialect.names import record_id
from xrepl.dialect.printer import write
from xrepl.dialect.raising import LfeError, error
from xrepl.dialect.scope import Block, Macro, Model, RecordFields, Where
from xrepl.dialect.tokens import LSym, datum, form, to_model

if TYPE_CHECKING:
    from xrepl.dialect.interpreter import Interpreter
    from xrepl.dialect.patterns import Matching
    from xrepl.dialect.translate import Translator

_UNDEFINED = from_iterable([Atom("quote"), Atom("undefined")])

# --- definition


@toplevel("define-record")
def define_record(interpreter: Interpreter, model: Any) -> Any:
    """`(define-record name (field | (field default [type]) ...))`."""
    if len(model) != 3 or not isinstance(model[1], LSym) or not is_form(model[2]):
        raise bad_form("define-record")
    text = str(model[1])
    fields = record_fields(text, model[2])
    interpreter.namespace[record_id(text)] = fields
    names = frozenset(macro_names(text, fields))
    forget(interpreter, names)
    interpreter.changed(names | {f"record {text}"})
    return Atom(text)


@toplevel("defrecord")
def defrecord(interpreter: Interpreter, model: Any) -> Any:
    """`(defrecord name field ...)`: a record and its macros; the value is the name of the last of them, as in LFE."""
    if len(model) == 1:
        raise error((Atom("undefined_function"), (Atom("defrecord"), 0)))
    try:
        if not isinstance(model[1], LSym):
            raise error((Atom("bad_record"), datum(model[1])))
        define_record(interpreter, form("define-record", model[1], Expression(model[2:])))
    except LfeError as problem:
        raise misshapen(model, problem.reason) from None
    text = str(model[1])
    return Atom(list(macro_names(text, interpreter.namespace[record_id(text)]))[-1])


def record_fields(record: str, fields: Any) -> RecordFields:
    """Give what a record's definition says of its fields.

    Raises:
        LfeError: one is no definition of a field.
    """
    return tuple(_field(record, item) for item in fields)


def _field(record: str, item: Any) -> tuple[Atom, Any]:
    """Give a field's name and the form of its default, as data."""
    if isinstance(item, LSym):
        return Atom(str(item)), _UNDEFINED
    if is_form(item) and 1 <= len(item) <= 3 and isinstance(item[0], LSym):
        return Atom(str(item[0])), datum(item[1]) if len(item) > 1 else _UNDEFINED
    raise error((Atom("bad_record"), Atom(record)))


def record_text(record: str, fields: RecordFields) -> str:
    """Give the text of a form that defines a record."""
    written = from_iterable([from_iterable(field) for field in fields])
    return f"(define-record {write(Atom(record))} {write(written)})"


# --- the macros of a record


def macro_names(record: str, fields: RecordFields) -> Iterator[str]:
    """Give the names of a record's macros, in LFE's order."""
    for verb in _WHOLE:
        yield f"{verb}-{record}"
    for field, _ in fields:
        yield from (f"{record}-{field}", f"update-{record}-{field}", f"set-{record}-{field}")


def find_record_macro(text: str, record: Callable[[str], RecordFields | None]) -> Macro | None:
    """Give the macro of a name if it is one of a record's.

    Args:
        text: the name.
        record: gives a record's fields by its name.
    """
    if "-" not in text:
        return None
    verb, _, rest = text.partition("-")
    make = _WHOLE.get(verb)
    if make is not None:
        fields = record(rest)
        if fields is not None:
            return _macro(make, rest, fields)
    is_update = verb in ("set", "update")
    for whole, change in ((text, False), (rest, True)) if is_update else ((text, False),):
        for owner, field in _splits(whole):
            fields = record(owner)
            if fields is not None and any(known.name == field for known, _ in fields):
                return _field_macro(owner, field, is_update=change)
    return None


def _splits(text: str) -> Iterator[tuple[str, str]]:
    at = text.find("-")
    while at >= 0:
        yield text[:at], text[at + 1 :]
        at = text.find("-", at + 1)


Make = Callable[[str, RecordFields, list[Any]], Any]


def _macro(make: Make, record: str, fields: RecordFields) -> Macro:
    return lambda arguments, environment: make(record, fields, list(arguments))


def _field_macro(record: str, field: str, *, is_update: bool) -> Macro:
    def macro(arguments: Any, environment: Any) -> Any:
        given = list(arguments)
        if is_update and len(given) == 2:
            return _data("record-update", given[0], Atom(record), Atom(field), given[1])
        if not is_update and not given:
            return _data("record-index", Atom(record), Atom(field))
        if not is_update and len(given) == 1:
            return _data("record-field", given[0], Atom(record), Atom(field))
        raise no_clause()

    return macro


def _data(head: str, *rest: Any) -> Any:
    return from_iterable([Atom(head), *rest])


def _make(record: str, fields: RecordFields, given: list[Any]) -> Any:
    return _data("record", Atom(record), *given)


def _is(record: str, fields: RecordFields, given: list[Any]) -> Any:
    if len(given) != 1:
        raise no_clause()
    return _data("is-record", given[0], Atom(record))


def _update(record: str, fields: RecordFields, given: list[Any]) -> Any:
    if not given:
        raise no_clause()
    return _data("record-update", given[0], Atom(record), *given[1:])


def _fields(record: str, fields: RecordFields, given: list[Any]) -> Any:
    if given:
        raise no_clause()
    return _data("quote", from_iterable([field for field, _ in fields]))


def _size(record: str, fields: RecordFields, given: list[Any]) -> Any:
    if given:
        raise no_clause()
    return len(fields) + 1


_WHOLE: dict[str, Make] = {
    "make": _make,
    "match": _make,
    "is": _is,
    "update": _update,
    "set": _update,
    "fields": _fields,
    "size": _size,
}

# --- the forms


def _record(t: Translator, record: Any) -> RecordFields:
    fields = t.globals.record(str(record)) if isinstance(record, LSym) else None
    if fields is None:
        raise error((Atom("undefined_record"), datum(record)))
    return fields


def _given(t: Translator, record: Any, fields: RecordFields, arguments: Any) -> dict[str, Any]:
    """Give what stands for each field: the first mention counts, `_` ends it with what all others get.

    A field that is not the record's is an error in a file; the shell leaves it out.
    """
    given: dict[str, Any] = {}
    for key, value in zip(arguments[::2], arguments[1::2], strict=False):
        given.setdefault(str(key) if isinstance(key, LSym) else "", value)
    if len(arguments) % 2 and not ("_" in given and all(field.name in given for field, _ in fields)):
        raise error((Atom("missing_record_field_value"), datum(arguments[-1])))
    for field in arguments[::2] if t.globals.is_compiled else ():
        if field != LSym("_"):
            _index(record, fields, field)
    return given


def _index(record: Any, fields: RecordFields, field: Any) -> int:
    for index, (known, _) in enumerate(fields, 1):
        if isinstance(field, LSym) and known.name == field:
            return index
    raise error((Atom("undefined_record_field"), datum(record), datum(field)))


def _is_record(value: Model, tag: Model, fields: RecordFields) -> Model:
    """Give the model of the test; the value is a name."""
    is_tuple = call("is", call("_x_type", value), name("_x_tuple"))
    has_size = call("=", call("_x_len", value), number(len(fields) + 1))
    return call("and", is_tuple, has_size, call("is", get(value, number(0)), tag))


def _checked(t: Translator, model: Any, record: Any, where: Where, before: Block) -> tuple[Model, RecordFields]:
    """Evaluate a form that must give a record: a name for its value."""
    value = t.value_name(model, where, before)
    fields = _record(t, record)
    tag = t.constant(Atom(str(record)))
    failure = call("raise", call("_x_badrecord", *([] if t.globals.is_compiled else [tag]), value))
    before.append(call("if", _is_record(value, tag, fields), name("None"), failure))
    return value, fields


@expression("record", "make-record")
def record(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(record name field value ...)`: evaluated in the order of the definition; `_` stands for all other fields."""
    if len(model) < 2:
        return t.call(str(model[0]), model[1:], where, before)
    fields = _record(t, model[1])
    given = _given(t, model[1], fields, model[2:])
    forms = [given.get(field.name, given.get("_")) for field, _ in fields]
    complete = [
        item if item is not None else to_model(default) for item, (_, default) in zip(forms, fields, strict=True)
    ]
    return Tuple([t.constant(Atom(str(model[1]))), *t.arguments(complete, where, before)])


@expression("is-record")
def is_record(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(is-record form name)`."""
    if len(model) != 3:
        return t.call("is-record", model[1:], where, before)
    value = t.value_name(model[1], where, before)
    return _is_record(value, t.constant(datum(model[2])), _record(t, model[2]))


@expression("record-index")
def record_index(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(record-index name field)`: the field's place in the tuple, counted from 1."""
    if len(model) != 3:
        return t.call("record-index", model[1:], where, before)
    return number(_index(model[1], _record(t, model[1]), model[2]) + 1)


@expression("record-field")
def record_field(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(record-field form name field)`."""
    if len(model) != 4:
        return t.call("record-field", model[1:], where, before)
    value, fields = _checked(t, model[1], model[2], where, before)
    return get(value, number(_index(model[2], fields, model[3])))


@expression("record-update")
def record_update(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(record-update form name field value ...)`: the record with other values."""
    if len(model) < 3:
        return t.call("record-update", model[1:], where, before)
    value, fields = _checked(t, model[1], model[2], where, before)
    if len(model) % 2 == 0:
        raise no_clause()
    given = _given(t, model[2], fields, model[3:])
    changed = {index: given[field.name] for index, (field, _) in enumerate(fields, 1) if field.name in given}
    models = dict(zip(changed, t.arguments(changed.values(), where, before), strict=True))
    parts = [models.get(index, get(value, number(index))) for index in range(1, len(fields) + 1)]
    return Tuple([t.constant(Atom(str(model[2]))), *parts])


def badrecord(*named: Any) -> LfeError:
    """Make the failure of a form that is given something else than its record: name and value, or the value."""
    return error((Atom("badrecord"), *named))


RECORD_RUNTIME = {"_x_badrecord": badrecord}

# --- patterns


def match_record(matching: Matching, pattern: Any, value: Model) -> None:
    """Match `(record name field pattern ...)`: fields that are not mentioned match anything."""
    if len(pattern) < 2:
        raise error((Atom("illegal_pattern"), datum(pattern)))
    fields = _record(matching.translator, pattern[1])
    given = _given(matching.translator, pattern[1], fields, pattern[2:])
    rest = given.get("_", LSym("_"))
    patterns = [given.get(field.name, rest) for field, _ in fields]
    matching.tuple([form("quote", pattern[1]), *patterns], value)


def match_record_index(matching: Matching, pattern: Any, value: Model) -> None:
    """Match `(record-index name field)`: the number."""
    if len(pattern) != 3:
        raise error((Atom("illegal_pattern"), datum(pattern)))
    matching.add(number(_index(pattern[1], _record(matching.translator, pattern[1]), pattern[2]) + 1), value)


PATTERNS.update({"record": match_record, "make-record": match_record, "record-index": match_record_index})
