"""LFE's own macros as `macroexpand` shows them: a form of one to the form that it stands for.

The translator has its own way for these forms, which gives better code; here is what a program sees that asks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from hy.models import Bytes, Expression, Integer, List, String, Tuple

from xrepl.dialect.backquote import expand_backquote
from xrepl.dialect.data import Atom
from xrepl.dialect.forms import head_of, is_form, is_symbols
from xrepl.dialect.raising import LfeError, error
from xrepl.dialect.tokens import LSym, datum, form

_CAR_AND_CDR = re.compile(r"c([ad]{2,4})r\Z")
_META = frozenset({"doc", "spec", "record", "type", "opaque"})

PREDEFINED: dict[str, Callable[[Any], Any]] = {}


def _expands(*heads: str) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
    def register(expand: Callable[[Any], Any]) -> Callable[[Any], Any]:
        PREDEFINED.update(dict.fromkeys(heads, expand))
        return expand

    return register


def expand_predefined(model: Any) -> Any:
    """Expand a form of one of LFE's macros once; None when it is none.

    Raises:
        LfeError: the macro has no clause for the form's shape.
    """
    head = head_of(model)
    expand = PREDEFINED.get(head)
    if expand is not None:
        return expand(model)
    letters = _CAR_AND_CDR.match(head)
    if letters is not None and len(model) == 2:
        result = model[1]
        for letter in reversed(letters[1]):
            result = form(f"c{letter}r", result)
        return result
    parts = [part for part in head.split(":") if part]
    if len(parts) == 2 and head != "=:=":
        return form(":", LSym(parts[0]), LSym(parts[1]), *model[1:])
    return None


def _misshapen() -> LfeError:
    return error(Atom("function_clause"))


def _quoted(model: Any) -> Any:
    return form("quote", model)


def listed(*models: Any) -> Any:
    """Give the model of a list."""
    return Expression(models)


# --- control and binding


@_expands("backquote")
def _backquote(model: Any) -> Any:
    return expand_backquote(_spelt(model[1])) if len(model) == 2 else None


def _spelt(model: Any) -> Any:
    """Give a form with the strings in it as the lists that they are."""
    if type(model) is String:
        return Expression(map(Integer, map(ord, model)))
    return type(model)(map(_spelt, model)) if isinstance(model, (Expression, List, Tuple)) else model


@_expands("?")
def _receive(model: Any) -> Any:
    omega = form("omega", LSym("omega"))
    if len(model) > 3:
        raise error((Atom("case_clause"), datum(Expression(model[1:]))))
    if len(model) == 1:
        return form("receive", omega)
    default = model[2] if len(model) == 3 else form("exit", _quoted(LSym("timeout")))
    return form("receive", omega, form("after", model[1], default))


@_expands("list*")
def _list_star(model: Any) -> Any:
    if len(model) == 1:
        return Expression()
    result = model[-1]
    for item in reversed(model[1:-1]):
        result = form("cons", item, result)
    return result


@_expands("let*", "flet*")
def _in_sequence(model: Any) -> Any:
    inner = str(model[0])[:-1]
    if len(model) == 1:
        raise _misshapen()
    bindings, body = model[1], model[2:]
    if not is_form(bindings):
        return form(inner, bindings, *body)
    result = form("progn", *body)
    for item in reversed(bindings):
        result = form(inner, listed(item), result)
    return result


@_expands("do")
def _do(model: Any) -> Any:
    is_right = len(model) > 2 and is_form(model[1]) and is_form(model[2]) and len(model[2]) == 2
    if not is_right or not all(is_form(item) and len(item) == 3 for item in model[1]):
        raise _misshapen()
    variables, first, following = (Expression(item[index] for item in model[1]) for index in range(3))
    test, result = model[2]
    state = listed(listed(LSym("do-state"), form("progn", *model[3:])))
    again = form("let", state, form("do$^0", *following))
    loop = listed(LSym("do$^0"), form("lambda", variables, form("if", test, result, again)))
    return form("letrec-function", listed(loop), form("do$^0", *first))


@_expands("fun")
def _fun(model: Any) -> Any:
    if not 3 <= len(model) <= 4:
        return None
    if type(model[-1]) is not Integer:
        raise error(Atom("badarith"))
    variables = [LSym(f"|-{index}-|") for index in reversed(range(int(model[-1])))]
    head = [model[1]] if len(model) == 3 else [LSym("call"), _quoted(model[1]), _quoted(model[2])]
    return form("lambda", Expression(variables), listed(*head, *variables))


@_expands(":")
def _colon(model: Any) -> Any:
    if len(model) < 3:
        return None
    return form("call", _quoted(model[1]), _quoted(model[2]), *model[3:])


@_expands("!=", "===", "!==")
def _synonym(model: Any) -> Any:
    return None


@_expands("MODULE")
def _module(model: Any) -> Any:
    return _quoted(LSym("-no-module-")) if len(model) == 1 else None


@_expands("LINE")
def _line(model: Any) -> Any:
    return _quoted(Integer(1)) if len(model) == 1 else None


# --- definitions


def split_meta(parts: list[Any], *, tag: bool = True) -> tuple[list[Any], list[Any]]:
    """Give what stands before a body, types and documentation, and the body."""
    meta = []
    while parts:
        if head_of(parts[0]) == "spec":
            meta.append(parts[0])
        elif _is_text(parts[0]) and len(parts) > 1:
            meta.append(form("doc", parts[0]))
        else:
            break
        parts = parts[1:]
    return meta, parts


def _is_text(model: Any) -> bool:
    if is_form(model) and model:
        return all(type(item) is Integer for item in model)
    return type(model) in (String, Bytes)


def function_parts(parts: list[Any]) -> tuple[Any, Any]:
    """Give meta data and lambda of what follows a function's name."""
    if not parts:
        raise _misshapen()
    if is_symbols(parts[0]):
        meta, body = split_meta(parts[1:])
        return Expression(meta), form("lambda", parts[0], *body)
    meta, clauses = split_meta(parts)
    return Expression(meta), form("match-lambda", *clauses)


def macro_parts(parts: list[Any]) -> tuple[Any, Any]:
    """Give meta data and lambda of what follows a macro's name."""
    if not parts:
        raise _misshapen()
    environment = LSym("$ENV")
    if is_symbols(parts[0]) or isinstance(parts[0], LSym):
        pattern = form("list", *parts[0]) if is_form(parts[0]) else parts[0]
        meta, body = split_meta(parts[1:])
        clauses = [listed(listed(pattern, environment), *body)]
    else:
        meta, found = split_meta(parts)
        if not all(isinstance(clause, (Expression, List)) and clause for clause in found):
            raise _misshapen()
        clauses = [listed(listed(clause[0], environment), *clause[1:]) for clause in found]
    return Expression(meta), form("match-lambda", *clauses)


@_expands("defun")
def _defun(model: Any) -> Any:
    return _definition(model, "define-function", function_parts)


@_expands("defmacro")
def _defmacro(model: Any) -> Any:
    return _definition(model, "define-macro", macro_parts)


def _definition(model: Any, head: str, split: Callable[[list[Any]], tuple[Any, Any]]) -> Any:
    if len(model) == 1:
        return None
    meta, made = split(list(model[2:]))
    return form(head, model[1], meta, made)


@_expands("flet", "fletrec", "macrolet")
def _local(model: Any) -> Any:
    heads = {"flet": "let-function", "fletrec": "letrec-function", "macrolet": "let-macro"}
    split = macro_parts if model[0] == "macrolet" else function_parts
    if len(model) > 1 and not is_form(model[1]):
        raise error((Atom("case_clause"), datum(model[1])))
    if len(model) < 2 or not is_form(model[1]) or not all(is_form(item) and item for item in model[1]):
        raise _misshapen()
    definitions = [listed(item[0], split(list(item[1:]))[1]) for item in model[1]]
    return form(heads[str(model[0])], Expression(definitions), *model[2:])


@_expands("defmodule")
def _defmodule(model: Any) -> Any:
    if len(model) == 1:
        return None
    parts = list(model[2:])
    if parts and _is_text(parts[0]):
        parts[0] = form("doc", parts[0])
    if not all(is_form(part) and part for part in parts):
        raise _misshapen()
    meta = [part for part in parts if head_of(part) in _META]
    attributes = [part for part in parts if head_of(part) not in _META]
    module = form("defmacro", LSym("MODULE"), Expression(), form("backquote", _quoted(model[1])))
    return form("progn", form("define-module", model[1], Expression(meta), Expression(attributes)), module)


@_expands("deftype", "defopaque")
def _deftype(model: Any) -> Any:
    if len(model) == 1:
        return None
    head = "define-type" if model[0] == "deftype" else "define-opaque-type"
    kind = model[1] if is_form(model[1]) else listed(model[1])
    return form(head, kind, model[2] if len(model) > 2 else form("any"))


@_expands("defspec")
def _defspec(model: Any) -> Any:
    if len(model) == 1:
        return None
    name, spec = model[1], Expression(model[2:])
    if not (is_form(name) and len(name) == 2):
        first = spec[0] if spec else None
        arity = len(first[0]) if is_form(first) and first and is_form(first[0]) else 0
        name = listed(name, Integer(arity))
    return form("define-function-spec", name, spec)


@_expands("defrecord")
def _defrecord(model: Any) -> Any:
    if len(model) == 1:
        return None
    record, fields = model[1], model[2:]
    names = [item[0] if is_form(item) and 1 <= len(item) <= 3 else item for item in fields]
    if not isinstance(record, LSym) or not all(isinstance(name, LSym) for name in names):
        raise error((Atom("bad_record"), datum(record)))
    return form("progn", form("define-record", record, Expression(fields)), *_record_macros(str(record), names))


def _record_macros(record: str, fields: list[Any]) -> list[Any]:
    """Give the definitions of a record's macros."""
    name, rec, new, fds = map(LSym, (record, "rec", "new", "fds"))
    given, rest = form("comma", rec), form("comma-at", fds)

    def macro(text: str, *parts: Any) -> Any:
        return form("defmacro", LSym(text), *parts)

    def template(*parts: Any) -> Any:
        return form("backquote", Expression(parts))

    make = template(LSym("record"), name, rest)
    change = listed(form("cons", rec, fds), template(LSym("record-update"), given, name, rest))
    macros = [
        macro(f"make-{record}", fds, make),
        macro(f"match-{record}", fds, make),
        macro(f"is-{record}", listed(rec), template(LSym("is-record"), given, name)),
        macro(f"update-{record}", change),
        macro(f"set-{record}", change),
        macro(f"fields-{record}", Expression(), form("backquote", _quoted(Expression(fields)))),
        macro(f"size-{record}", Expression(), Integer(len(fields) + 1)),
    ]
    for field in fields:
        update = listed(rec, new), template(LSym("record-update"), given, name, field, form("comma", new))
        index = listed(Expression(), _quoted(form("record-index", name, field)))
        access = listed(form("list", rec), template(LSym("record-field"), given, name, field))
        macros.append(macro(f"{record}-{field}", index, access))
        macros.append(macro(f"update-{record}-{field}", *update))
        macros.append(macro(f"set-{record}-{field}", *update))
    return macros


@_expands("defstruct")
def _defstruct(model: Any) -> Any:
    return form("progn", form("define-struct", Expression(model[1:])))
