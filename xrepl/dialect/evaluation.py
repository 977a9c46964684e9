"""LFE's functions on code as data: eval, macroexpand and their kin.

Without an environment they see nothing of the session, as in LFE: only LFE's own functions and macros.  They work for
the interpreter whose form is running.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from xrepl.dialect.current import current
from xrepl.dialect.data import NIL, Atom, elements, from_iterable, is_list, key_value
from xrepl.dialect.environment import is_environment, is_made, place_of
from xrepl.dialect.expand import Expander
from xrepl.dialect.scope import Where
from xrepl.dialect.tokens import datum, to_model
from xrepl.dialect.translate import Translator
from xrepl.dialect.views import FreshGlobals

if TYPE_CHECKING:
    from xrepl.dialect.interpreter import Interpreter


def _interpreter() -> Interpreter:
    if current.interpreter is None:
        raise RuntimeError("no form is running")
    return current.interpreter


def _seen(environment: Any) -> tuple[Translator, Where]:
    """Give a translator that knows what an environment has, and the place; for none, one that knows nothing."""
    interpreter = _interpreter()
    if environment is None or not is_environment(environment) or is_made(environment):
        return Translator(FreshGlobals(interpreter)), Where()
    return Translator(interpreter.globals), place_of(environment)


def evaluate(form: Any, environment: Any = None) -> Any:
    """Evaluate a form that is data; definitions are none here."""
    translator, where = _seen(environment)
    if is_environment(environment) and is_made(environment):
        form = _with_functions(_with_variables(form, environment[1]), environment[2])
    return _interpreter().evaluate_apart(to_model(form), translator, where)


def _with_variables(form: Any, variables: dict[Any, Any]) -> Any:
    """Give the form that evaluates one with variables bound."""
    bindings = [from_iterable([key_value(key), _quoted(value)]) for key, value in variables.items()]
    return from_iterable([Atom("let"), from_iterable(bindings), form]) if bindings else form


def _with_functions(form: Any, functions: dict[Any, Any]) -> Any:
    """Give the form that evaluates one with functions defined, those that are lambda expressions in an environment."""
    found = [
        from_iterable([key_value(name), definition[1]])
        for name, (kind, definitions) in functions.items()
        if kind is Atom("function")
        for definition in elements(definitions)
        if is_list(definition[1])
    ]
    return from_iterable([Atom("letrec-function"), from_iterable(found), form]) if found else form


def _quoted(value: Any) -> Any:
    """Give the form whose value this is."""
    return from_iterable([Atom("quote"), value])


def _expanding(expand: Callable[[Expander, Any], Any]) -> Callable[..., Any]:
    def expanded(form: Any, environment: Any = None) -> Any:
        translator, where = _seen(environment)
        with _interpreter().constants_apart():
            return datum(expand(Expander(translator, where), to_model(form)))

    return expanded


macroexpand_1 = _expanding(Expander.once)
macroexpand = _expanding(Expander.whole)
macroexpand_all = _expanding(Expander.all)


def macro_function(name: Any, environment: Any = None) -> Any:
    """Give a macro's definition as data: a match-lambda; the empty list when there is none."""
    if type(name) is not Atom:
        return NIL
    translator, where = _seen(environment)
    macro = where.macros.get(name.name) or translator.globals.macro(name.name)
    return getattr(macro, "definition", NIL)


LFE_FUNCTIONS: dict[tuple[str, int], Callable[..., Any]] = {
    (name, arity): function
    for name, function in {
        "eval": evaluate,
        "macroexpand-1": macroexpand_1,
        "macroexpand": macroexpand,
        "macroexpand-all": macroexpand_all,
        "macro-function": macro_function,
    }.items()
    for arity in (1, 2)
}
