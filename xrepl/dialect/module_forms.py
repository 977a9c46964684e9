"""Forms of modules at the top level: defmodule, extend-module, defstruct, and types, which nothing checks.

At the prompt `defmodule` begins a module: the definitions that follow are its own, up to the next one.  Modules in
files are compiled by `compiling.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hy.models import Bytes, Expression, Integer, String

from xrepl.dialect.data import NIL, Atom, Cons, from_iterable
from xrepl.dialect.definitions import evaluate_as_call, toplevel, undefined_form
from xrepl.dialect.forms import expression, head_of, is_form
from xrepl.dialect.kernel import call, number
from xrepl.dialect.modules import CURRENT, Key, Module, find
from xrepl.dialect.names import module_id
from xrepl.dialect.printer import write
from xrepl.dialect.scope import Block, Model, Where
from xrepl.dialect.tokens import LSym, datum, form, to_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from xrepl.dialect.interpreter import Interpreter
    from xrepl.dialect.translate import Translator


class Header(NamedTuple):
    """What a module's header says, beside what `Module` keeps as it is.

    Attributes:
        module: the module without functions.
        exported_macros: names of the macros that it exports.
        exports_all_macros: whether it exports all.
    """

    module: Module
    exported_macros: frozenset[str] = frozenset()
    exports_all_macros: bool = False


def read_header(name: str, parts: list[Any], file: str = "") -> Header:
    """Read what follows a module's name in `defmodule`, or meta data and attributes of `define-module`."""
    return extend_header(Header(Module(name, file=file)), parts)


def extend_header(header: Header, parts: list[Any]) -> Header:
    """Add parts of a header to one."""
    for part in parts:
        if type(part) in (String, Bytes):
            header = _with(header, documentation=_text(part))
        elif is_form(part) and part and isinstance(part[0], LSym):
            header = _extend(header, str(part[0]), list(part[1:]))
    return header


def _with(header: Header, **changes: Any) -> Header:
    return header._replace(module=header.module._replace(**changes))


def _text(model: Any) -> str:
    return bytes(model).decode("utf-8", "replace") if type(model) is Bytes else str(model)


def _extend(header: Header, tag: str, items: list[Any]) -> Header:
    module = header.module
    if tag == "export":
        is_open = module.is_open or any(item == LSym("all") for item in items if isinstance(item, LSym))
        return _with(header, exports=(*module.exports, *filter(None, map(_key, items))), is_open=is_open)
    if tag == "export-macro":
        names = frozenset(str(item) for item in items if isinstance(item, LSym))
        is_open = header.exports_all_macros or "all" in names
        return header._replace(exported_macros=header.exported_macros | names, exports_all_macros=is_open)
    if tag == "import":
        return _with(header, imports=(*module.imports, *(each for item in items for each in _imports(item))))
    if tag == "module-alias":
        pairs = [item for item in items if is_form(item) and len(item) == 2]
        return _with(header, aliases=(*module.aliases, *((str(alias), str(target)) for target, alias in pairs)))
    if tag == "doc":
        return _with(header, documentation=" ".join(map(_text, items)))
    if tag in ("record", "spec", "type", "opaque"):
        return header
    return _with(header, attributes=(*module.attributes, *((Atom(tag), datum(item)) for item in items)))


def _key(item: Any) -> Key | None:
    is_key = is_form(item) and len(item) == 2 and isinstance(item[0], LSym) and type(item[1]) is Integer
    return (str(item[0]), int(item[1])) if is_key else None


def _imports(item: Any) -> list[tuple[Key, str, str]]:
    """Read `(from module (f arity) ...)`, `(rename module ((f arity) name) ...)`."""
    if not is_form(item) or len(item) < 2:
        return []
    kind, module = head_of(item), item[1]
    found: list[tuple[Key, str, str]] = []
    for each in item[2:]:
        key = _key(each[0] if kind == "rename" and is_form(each) and len(each) == 2 else each)
        if key is not None and kind in ("from", "rename"):
            local = str(each[1]) if kind == "rename" else key[0]
            found.append(((local, key[1]), str(module), key[0]))
    return found


# --- at the prompt


@toplevel("defmodule")
def defmodule(interpreter: Interpreter, model: Any) -> Any:
    """`(defmodule name [docstring] (export (f arity) ...) (import ...) ...)`: begin a module; gives its name."""
    if len(model) == 1:
        raise undefined_form("defmodule", 0)
    return _begin(interpreter, model[1], list(model[2:]), _text_of(interpreter, model))


@toplevel("define-module")
def define_module(interpreter: Interpreter, model: Any) -> Any:
    """`(define-module name meta attributes)`: what `defmodule` expands to."""
    if len(model) != 4 or not (is_form(model[2]) and is_form(model[3])):
        return evaluate_as_call(interpreter, model)
    return _begin(interpreter, model[1], [*model[2], *model[3]], _text_of(interpreter, model))


def _begin(interpreter: Interpreter, name: Any, parts: list[Any], text: str) -> Any:
    if not isinstance(name, LSym):
        return datum(name)
    header = read_header(str(name), parts)
    _keep(interpreter, _with(header, source=text))
    interpreter.namespace[CURRENT] = Atom(str(name))
    return Atom(str(name))


def _text_of(interpreter: Interpreter, model: Any) -> str:
    form = interpreter.form
    return form.text if form is not None and form.model is model else write(datum(model))


def _keep(interpreter: Interpreter, header: Header) -> None:
    shown = ("all",) if header.exports_all_macros else tuple(sorted(header.exported_macros))
    module = header.module._replace(shown=shown)
    interpreter.namespace[module_id(module.name)] = module
    interpreter.globals.links.renew()


def _current(interpreter: Interpreter) -> Module | None:
    return find(interpreter.namespace, str(interpreter.namespace.get(CURRENT, "")))


@toplevel("extend-module")
def extend_module(interpreter: Interpreter, model: Any) -> Any:
    """`(extend-module meta attributes)`: more of the module's header, such as exports."""
    module = _current(interpreter)
    if module is not None and len(model) == 3 and is_form(model[1]) and is_form(model[2]):
        source = f"{module.source}\n{_text_of(interpreter, model)}"
        header = Header(module._replace(source=source), frozenset(module.shown), "all" in module.shown)
        _keep(interpreter, extend_header(header, [*model[1], *model[2]]))
    return NIL


@toplevel("-in-module-")
def in_module(interpreter: Interpreter, model: Any) -> Any:
    """Evaluate a definition as one of a module: what is kept as the text of a module's function at the prompt."""
    name = str(model[1])
    imports = tuple(((str(key[0]), int(key[1])), str(origin), str(there)) for key, origin, there in model[2])
    outer = interpreter.home
    interpreter.home = find(interpreter.namespace, name) or Module(name, imports=imports)
    try:
        return interpreter.run(model[3])
    finally:
        interpreter.home = outer


@toplevel("deftype", "defopaque", "defspec", "define-type", "define-opaque-type", "define-function-spec")
def describe(interpreter: Interpreter, model: Any) -> Any:
    """`(deftype name definition)` and its kin: what a type is, for readers; nothing is checked."""
    return NIL


@toplevel("defstruct", "define-struct")
def defstruct(interpreter: Interpreter, model: Any) -> Any:
    """`(defstruct field | (field default) ...)`: the struct of the module that the session is in."""
    module = _current(interpreter)
    fields = model[1:] if model[0] == "defstruct" else model[1] if len(model) == 2 else None
    if module is None or fields is None:
        return evaluate_as_call(interpreter, model)
    for definition in struct_functions(module.name, struct_defaults(interpreter.run, fields)):
        interpreter.run(definition)
    exports = form("export", *(Expression((LSym("__struct__"), Integer(arity))) for arity in (0, 1)))
    extend_module(interpreter, form("extend-module", Expression(), Expression((exports,))))
    return Atom(module.name)


def struct_defaults(evaluate: Callable[[Any], Any], fields: Any) -> Any:
    """Give the fields of a struct with their defaults, evaluated now, as data: `nil` for a field without one."""
    pairs = []
    for field in fields:
        has_default = is_form(field) and len(field) > 1
        value = evaluate(field[1]) if has_default else Atom("nil")
        pairs.append((datum(field[0] if is_form(field) else field), value))
    return from_iterable(pairs)


def struct_functions(module: str, defaults: Any) -> list[Any]:
    """Give the definitions of `__struct__/0` and `__struct__/1`."""
    name, given, nothing = LSym("__struct__"), LSym("given"), Expression()
    pairs = form("quote", to_model(Cons((Atom("__struct__"), Atom(module)), defaults)))
    base = form("maps:from_list", pairs)
    empty = form("lambda", nothing, base)
    made = form("lambda", Expression((given,)), form("-struct-of-", base, given))
    return [form("define-function", name, nothing, each) for each in (empty, made)]


@expression("-struct-of-")
def struct_of(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """Give a struct of its defaults and the pairs that are given: the body of a module's `__struct__/1`."""
    return call("_x_struct_of", *t.arguments(model[1:], where, before))


# --- what code knows of where it is


@expression("MODULE", is_macro=True)
def module(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(MODULE)`: the name of the module that the form is in."""
    if len(model) != 1:
        return t.call("MODULE", model[1:], where, before)
    return t.constant(Atom(t.globals.module_name))


@expression("LINE", is_macro=True)
def line(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(LINE)`: the line of its file that the form is in; 1 at the prompt."""
    if len(model) != 1:
        return t.call("LINE", model[1:], where, before)
    return number(getattr(model, "start_line", 1) if t.globals.is_compiled else 1)
