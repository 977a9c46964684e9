"""Forms to plain Hy: names, constants, calls, the order of evaluation.  Core forms are in the files beside.

A form is translated as an expression, with the statements that must run before it, or as a statement with a
destination for its value.  Arguments are evaluated from left to right: when one needs statements, those before it
go to temporaries first, since Hy would run the statements before everything.
"""

from __future__ import annotations

from typing import Any

from hy.models import Bytes, Expression, Float, Integer, List, String, Tuple

from xrepl.dialect.data import NIL, Atom, from_iterable
from xrepl.dialect.environment import environment
from xrepl.dialect.failures import reify
from xrepl.dialect.forms import (
    DROP,
    EXPRESSIONS,
    REPLACEABLE,
    RETURN,
    STATEMENTS,
    Destination,
    bad_form,
    head_of,
    is_data,
)
from xrepl.dialect.integers import is_integer
from xrepl.dialect.interop import hy_model, is_dotted, is_hy_form, is_keyword
from xrepl.dialect.kernel import call, name, number, store
from xrepl.dialect.names import python_name
from xrepl.dialect.operators import is_operator, operator
from xrepl.dialect.raising import ExpansionFailed, LfeError, badarg, error
from xrepl.dialect.scope import Block, Globals, Model, Where
from xrepl.dialect.tokens import BinLit, Dotted, LSym, MapLit, Quoted, StructLit, datum, form, to_model


class Translator:
    """Translates the forms of one session; keeps nothing between forms but the session's globals."""

    def __init__(self, globals_: Globals) -> None:
        self.globals = globals_
        self.here: Any = None  # the form that is being translated, the innermost that stands in a text

    def constant(self, value: Any) -> Model:
        """Give the model of a constant."""
        if value is True or value is False:
            return name("True" if value else "False")
        if value is NIL:
            return name("_x_NIL")
        if type(value) is int:
            return number(value)
        return self.globals.constant(value)

    # --- macros

    def expand(self, model: Any, where: Where, *, is_top: bool = False) -> Any:
        """Expand a form's head while it is a macro; give the same object when it is none.

        A macro that is called as one of the forms that make data is one at the top only, as in LFE.
        """
        while True:
            text = head_of(model)
            if not text or (text, len(model) - 1) in where.functions:
                return model
            if not is_top and is_data(text, len(model) - 1):
                return model
            macro = where.macros.get(text)
            if macro is None and (text in REPLACEABLE or not (text in STATEMENTS or text in EXPRESSIONS)):
                macro = self.globals.macro(text)
            if macro is None:
                return model
            model = self.expand_once(macro, model, where)

    def expand_once(self, macro: Any, model: Any, where: Where) -> Any:
        """Call a macro on a form's arguments and give the form that it makes."""
        arguments = from_iterable([datum(item) for item in model[1:]])
        try:
            return to_model(macro(arguments, environment(where)))
        except ExpansionFailed:
            raise
        except Exception as problem:
            module, colon, text = str(model[0]).partition(":")
            shown = [Atom(":"), Atom(module), Atom(text)] if colon and module and text else [datum(model[0])]
            reason = reify(problem)
            if reason.kind != "error":
                raise  # thrown out of the expansion, to whoever catches it
            raise ExpansionFailed(model, from_iterable([*shown, *arguments]), reason.reason, reason.called) from problem

    # --- expressions

    def expression(self, model: Any, where: Where, before: Block) -> Model:
        """Give the model of a form's value; what must run first goes to `before`."""
        kind = type(model)
        if kind in (LSym, Quoted):
            return self.variable(str(model), where)
        if kind in (Integer, Float, Bytes):
            return model
        if kind is String:
            return self.constant(str(model) or NIL)
        if kind in (Tuple, MapLit, StructLit):
            return self.constant(datum(model))
        if kind is BinLit:
            return self.expression(form("binary", *model), where, before)
        if not isinstance(model, (Expression, List)) or isinstance(model, Dotted):
            if isinstance(model, Dotted):
                before.append(self.failing(_improper(model), "" if self.globals.is_compiled else head_of(model)))
                return name("None")
            return self.constant(model)  # a value that a macro has put there
        if not model:
            return name("_x_NIL")
        start = len(before)
        outer, self.here = self.here, model if hasattr(model, "_start_line") else self.here
        try:
            made = self.compound(model, where, before)
            for item in before[start:]:
                _in_line_of(model, item)
            return _in_line_of(model, made)
        except ExpansionFailed:
            raise
        except LfeError as problem:
            before.append(self.failing(problem, head_of(model)))
            return name("None")
        finally:
            self.here = outer

    def failing(self, problem: LfeError, head: str = "") -> Model:
        """Give the statement that fails as a form with a wrong shape does: when it is evaluated, not before."""
        self.globals.failed(problem, head)
        what = problem.kind, problem.reason, problem.called
        place = self.globals.place(problem.model) or self.globals.place(self.here)
        return call("raise", call("_x_failure", self.globals.constant(what if place is None else (*what, place))))

    def compound(self, model: Any, where: Where, before: Block) -> Model:
        """Give the model of a form that is a list."""
        if type(model[0]) not in (LSym, Quoted):
            if all(type(item) is Integer and 0 <= item < 0x110000 for item in model):
                return self.constant(datum(model))
            raise bad_form("application")
        expanded = self.expand(model, where)
        if expanded is not model:
            return self.expression(expanded, where, before)
        text = str(model[0])
        if (text, len(model) - 1) not in where.functions:
            translate = EXPRESSIONS.get(text)
            if translate is not None:
                return translate(self, model, where, before)
            if text in STATEMENTS:
                result = where.fresh("value")
                STATEMENTS[text](self, model, where, ("set", result), before)
                return name(result)
            if is_hy_form(text, len(model) - 1) and not self.globals.is_redefined(text, len(model) - 1):
                return hy_model(model, where)
        return self.call(text, model[1:], where, before)

    def variable(self, text: str, where: Where) -> Model:
        """Give the model of a variable's value."""
        local = where.variables.get(text)
        if local is not None:
            return name(where.use(local))
        identifier = self.globals.variable(text)
        if identifier is not None:
            where.keep(identifier)
            return name(identifier)
        if is_dotted(text):
            return self.attribute(text, where, (Atom("unbound_symbol"), Atom(text)))
        return self.globals.missing_variable(text)

    def attribute(self, text: str, where: Where, reason: Any) -> Model:
        """Give the model of an attribute in Python; the reason is that of the failure when its object is not bound."""
        model = hy_model(LSym(text), where)
        first = text.partition(".")[0]
        if first in where.variables or self.globals.variable(first) is not None:
            return model
        return call("_x_attribute", call("fn", List(), model), self.constant(python_name(first)), self.constant(reason))

    def call(self, text: str, arguments: Any, where: Where, before: Block) -> Model:
        """Give the model of a call of a named function."""
        local = where.functions.get((text, len(arguments)))
        if local is not None:
            models = self.arguments(arguments, where, before)
            return call(where.use(local), *models)
        if is_operator(self, text, len(arguments)):
            return operator(self, text, arguments, where, before)
        module, colon, function = text.partition(":")
        if colon and module and function and (":" not in function or function == "=:="):
            models = self.arguments(arguments, where, before)
            return call(self.globals.remote(module, function, len(arguments)), *models)
        is_python = is_dotted(text) and not self.globals.is_redefined(text, len(arguments))
        if is_python or self.has_keywords(text, arguments, where):
            return self.python_call(text, arguments, where, before)
        models = self.arguments(arguments, where, before)
        return call(self.globals.function(text, len(arguments)), *models)

    def has_keywords(self, text: str, arguments: Any, where: Where) -> bool:
        """Say whether a call of Python's or Hy's function has keyword arguments; in LFE `:key` is an unbound symbol."""
        if not any(map(is_keyword, arguments[:-1])) or self.globals.is_redefined(text, len(arguments)):
            return False
        return text in where.variables or self.globals.variable(text) is not None

    def python_call(self, text: str, arguments: Any, where: Where, before: Block) -> Model:
        """Call a function of Python's: lists become Python lists, `:key value` a keyword argument."""
        keys: list[str] = []
        values: list[Any] = []
        items = list(arguments)
        while items:
            item = items.pop(0)
            is_named = is_keyword(item) and bool(items)
            keys.append(python_name(item[1:]) if is_named else "")
            values.append(items.pop(0) if is_named else item)
        models = self.arguments(values, where, before)
        if keys != sorted(keys, key=bool):  # plain ones after named ones: evaluate them in the order of writing
            models = [self.spill(model, where, before) for model in models]
        plain = [model for key, model in zip(keys, models, strict=True) if not key]
        named = [model for key, model in zip(keys, models, strict=True) if key]
        names = [self.globals.constant(key) for key in keys if key]
        undefined = Atom("undefined_function"), (Atom(text), len(arguments))
        callee = self.attribute(text, where, undefined) if is_dotted(text) else self.variable(text, where)
        return call("_x_python_call", callee, Tuple((*plain, *named)), Tuple(names))

    def arguments(self, forms: Any, where: Where, before: Block) -> list[Model]:
        """Translate arguments so that they are evaluated from left to right."""
        models: list[Model] = []
        for item in forms:
            needed: Block = []
            model = self.expression(item, where, needed)
            if needed:
                for index, earlier in enumerate(models):
                    models[index] = self.spill(earlier, where, before)
                before.extend(needed)
            models.append(model)
        return models

    def spill(self, model: Model, where: Where, before: Block) -> Model:
        """Give a model that can be used twice: a name or a constant."""
        if not isinstance(model, (Expression, Tuple)):
            return model
        temporary = where.fresh("t")
        before.append(store(temporary, model))
        return name(temporary)

    def value_name(self, model: Any, where: Where, out: Block) -> Model:
        """Evaluate a form once and give a name for its value."""
        value = self.expression(model, where, out)
        if type(value) is LSym and value.startswith("l_"):
            return value
        temporary = where.fresh("v")
        out.append(store(temporary, value))
        return name(temporary)

    # --- statements

    def statement(self, model: Any, where: Where, to: Destination, out: Block) -> None:
        """Add the statements that evaluate a form and put its value where it belongs."""
        model = self.expand(model, where)
        text = head_of(model)
        if text:
            arity = len(model) - 1
            if (text, arity) not in where.functions and text in STATEMENTS:
                start = len(out)
                outer, self.here = self.here, model if hasattr(model, "_start_line") else self.here
                try:
                    STATEMENTS[text](self, model, where, to, out)
                except ExpansionFailed:
                    raise
                except LfeError as problem:
                    out.append(self.failing(problem, text))
                finally:
                    self.here = outer
                for item in out[start:]:
                    _in_line_of(model, item)
                return
            if to == RETURN and where.fn.called and self.tail_call(text, arity, model[1:], where, out):
                return
        self.put(self.expression(model, where, out), to, out)

    def put(self, model: Model, to: Destination, out: Block) -> None:
        """Put a value's model where it belongs."""
        if to == RETURN:
            out.append(call("return", model))
        elif to == DROP:
            if isinstance(model, (Expression, Tuple)):
                out.append(model)
        else:
            out.append(store(to[1], model))

    def tail_call(self, text: str, arity: int, arguments: Any, where: Where, out: Block) -> bool:
        """Write a call in the last place that must leave no frame behind; False when a plain call will do."""
        fn, local = where.fn, where.functions.get((text, arity))
        if fn.called == (text, arity) and (local is None or local.identifier == fn.identifier):
            self.loop(arguments, where, out)
            return True
        if local is not None:
            if local.identifier not in fn.siblings:
                return False
            callee = where.use(local)
        elif fn.parent is not None or not self.is_plain_call(text, arity):
            return False
        elif fn.called is not None and self.globals.may_come_back(text, arity, fn.called):
            callee = self.globals.function(text, arity)
        else:
            return False
        out.append(call("return", call("_x_bounce", name(callee), *self.arguments(arguments, where, out))))
        return True

    def is_plain_call(self, text: str, arity: int) -> bool:
        """Say whether a form that begins with a name is a call of a function of the session or of one not known yet."""
        if text in EXPRESSIONS or is_hy_form(text, arity) or is_operator(self, text, arity):
            return False
        return ":" not in text and not is_dotted(text) and not text.startswith(".")

    def loop(self, arguments: Any, where: Where, out: Block) -> None:
        """A call of the function by itself in the last place: assign the parameters and go round again."""
        fn = where.fn
        models = self.arguments(arguments, where, out)
        fn.is_loop = True
        pairs = [(p, m) for p, m in zip(fn.parameters, models, strict=True) if m != name(p)]
        fn.lost.update(p for p, m in pairs if not is_integer(m, where))
        if len(pairs) == 1:
            out.append(store(*pairs[0]))
        elif pairs:
            targets, values = zip(*pairs, strict=True)
            out.append(call("setv", Tuple(map(name, targets)), Tuple(values)))
        out.append(call("continue"))

    def body(self, forms: Any, where: Where, to: Destination, out: Block) -> None:
        """Evaluate forms in order; the last one's value is the body's."""
        for item in forms[:-1]:
            self.statement(item, where, DROP, out)
        if forms:
            self.statement(forms[-1], where, to, out)
        else:
            self.put(name("_x_NIL"), to, out)


def _in_line_of(source: Any, made: Model) -> Model:
    """Give what a form was translated to the form's line, for tracebacks."""
    line = getattr(source, "_start_line", None)
    if line is not None and isinstance(made, Expression) and not hasattr(made, "_start_line"):
        made._start_line = line
    return made


def _improper(model: Any) -> LfeError:
    """Make the failure of a form that does not end as a list: the argument list of a function is a bad argument."""
    text = str(model[0]) if isinstance(model[0], LSym) else ""
    if text in STATEMENTS or text in EXPRESSIONS:
        return error(Atom("function_clause"))
    if text in ("list", "tuple"):
        return error(Atom("badarg"))
    if type(model[0]) not in (LSym, Quoted):
        return bad_form("application")
    return badarg("erlang", "length", datum(Dotted(model[1:])) if len(model) > 2 else datum(model[-1]))
