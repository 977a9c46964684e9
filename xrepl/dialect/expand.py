"""Macro expansion for who asks: `macroexpand-1`, `macroexpand`, `macroexpand-all`, `macro-function`.

Works on models.  Knows the macros of a session, those local to a form, and LFE's own (`predefined.py`).  The translator
expands as it goes and does not need this.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import Any

from hy.models import Expression, List

from xrepl.dialect.forms import CORE_FORMS, head_of, is_form
from xrepl.dialect.match_specs import MATCH_SPECIFICATIONS, specification
from xrepl.dialect.predefined import expand_predefined
from xrepl.dialect.raising import ExpansionFailed, LfeError
from xrepl.dialect.scope import Macro, Where
from xrepl.dialect.tokens import Dotted, MapLit, datum, form
from xrepl.dialect.translate import Translator

_DATA = {"car": 1, "cdr": 1, "cons": 2, "tref": 2, "tset": 3}  # never expanded as macros: form and number of operands


class Expander:
    """Expands forms with the macros that one place sees.

    Args:
        translator: it knows the session's macros.
        where: for the macros that are local to a form.
        hidden: names that are those of local functions.
    """

    def __init__(self, translator: Translator, where: Where, hidden: Set[str] = frozenset()) -> None:
        self._translator = translator
        self._where = where
        self._hidden = hidden

    def once(self, model: Any) -> Any:
        """Expand a form's head once; the same object when it is no macro.

        Raises:
            ExpansionFailed: the macro fails.
        """
        head = head_of(model)
        if not head or head in CORE_FORMS or head in self._hidden:
            return model
        macro = self._where.macros.get(head) or self._translator.globals.macro(head) or self._exported(model)
        if macro is not None:
            return self._translator.expand_once(macro, model, self._where)
        try:
            expanded = expand_predefined(model)
            if expanded is None and head in MATCH_SPECIFICATIONS:
                expanded = specification(self._translator, model, self._where)
        except LfeError as problem:
            raise ExpansionFailed(model, datum(model), problem.reason, problem.called) from problem
        return model if expanded is None else expanded

    def _exported(self, model: Any) -> Macro | None:
        """Give the macro that `(: module name ...)` means, called with the rest of the form."""
        if head_of(model) != ":" or len(model) < 3:
            return None
        macro = self._translator.globals.macro(f"{model[1]}:{model[2]}")
        return None if macro is None else lambda arguments, environment: macro(arguments.tail.tail, environment)

    def whole(self, model: Any) -> Any:
        """Expand a form's head until it is no macro."""
        while True:
            expanded = self.once(model)
            if expanded is model:
                return model
            model = expanded

    def all(self, model: Any) -> Any:
        """Expand a form and all forms inside it."""
        if not isinstance(model, (Expression, List)) or isinstance(model, MapLit) or not model:
            return model
        head = head_of(model)
        inside = _INSIDE.get(head)
        if inside is not None and not isinstance(model, Dotted):
            return inside(self, model)
        if head in ("list", "tuple", "binary", "map") or _DATA.get(head) == len(model) - 1:
            return self.tail(model)
        expanded = self.whole(model) if head and not isinstance(model, Dotted) else model
        return self.tail(model) if expanded is model else self.all(expanded)

    # --- what has its own rules about which parts are forms

    def tail(self, model: Any, kept: int = 0) -> Any:
        """Expand the parts of a list after the first ones, which are kept."""
        return type(model)([*model[:kept], *(self.all(item) for item in model[kept:])])

    def clauses(self, model: Any, kept: int = 1) -> Any:
        """Expand clauses `(pattern [guard] body ...)` after the first parts of a form."""
        return Expression([*model[:kept], *(self._clause(clause) for clause in model[kept:])])

    def _clause(self, clause: Any) -> Any:
        return self.tail(clause) if is_form(clause) else self.all(clause)

    def case(self, model: Any) -> Any:
        """Expand `(case form clause ...)`."""
        return self.clauses(self.tail(model[:2], 1) + model[2:], 2)

    def match_lambda(self, model: Any) -> Any:
        """Expand clauses whose patterns stand in a list."""
        clauses = []
        for clause in model[1:]:
            is_clause = is_form(clause) and clause and is_form(clause[0])
            clauses.append(Expression([self.tail(clause[0]), *self.tail(clause[1:])]) if is_clause else clause)
        return form("match-lambda", *clauses)

    def let(self, model: Any) -> Any:
        """Expand `(let ((pattern [guard] form) ...) body ...)`."""
        bindings = [self.clauses(item, 0) if is_form(item) else item for item in model[1:2]]
        return Expression([model[0], *bindings, *self.tail(model[2:])])

    def let_function(self, model: Any) -> Any:
        """Expand local functions, which hide macros of their names."""
        hidden = {str(item[0]) for item in model[1] if is_form(item) and item} if is_form(model[1]) else set()
        return Expander(self._translator, self._where, self._hidden | hidden).let(model)

    def let_macro(self, model: Any) -> Any:
        """Expand the body with the macros; they leave nothing behind."""
        macros = {str(item[0]): self._local(item) for item in model[1] if _is_macro(item)}
        inner = Expander(self._translator, self._where.with_macros(macros), self._hidden - macros.keys())
        return form("progn", *inner.tail(model[2:]))

    def _local(self, item: Any) -> Macro:
        from xrepl.dialect.functions import parse_lambda

        return self._translator.globals.local_macro(str(item[0]), parse_lambda(item[1], "let-macro"))

    def cond(self, model: Any) -> Any:
        """Expand `(cond (test body ...) ((?= pattern form) body ...) (else body ...))`."""
        clauses = []
        for clause in model[1:]:
            if is_form(clause) and clause and head_of(clause[0]) == "?=":
                clauses.append(Expression([self.tail(clause[0], 1), *self.tail(clause[1:])]))
            else:
                clauses.append(self.tail(clause) if is_form(clause) else self.all(clause))
        return form("cond", *clauses)

    def try_(self, model: Any) -> Any:
        """Expand `(try form [(case ...)] [(catch ...)] [(after ...)])`."""
        parts = [
            self.clauses(part) if head_of(part) in ("case", "catch") else self.tail(part) if is_form(part) else part
            for part in model[2:]
        ]
        return Expression([*self.tail(model[:2], 1), *parts])

    def comprehension(self, model: Any) -> Any:
        """Expand `(lc (qualifier ...) form)`."""
        if len(model) != 3 or not is_form(model[1]):
            return self.tail(model)
        qualifiers = [self.tail(item, 1) if head_of(item) in ("<-", "<=") else self.all(item) for item in model[1]]
        return Expression([model[0], Expression(qualifiers), self.all(model[2])])

    def define_function(self, model: Any) -> Any:
        """Expand a definition; `FUNCTION_NAME` and `FUNCTION_ARITY` are macros in it."""
        if len(model) != 4:
            return self.tail(model)
        arity = len(model[3][1]) if len(model[3]) > 1 and is_form(model[3][1]) else 0
        if head_of(model[3]) == "match-lambda":
            arity = len(model[3][1][0]) if len(model[3]) > 1 and model[3][1] and is_form(model[3][1][0]) else 0
        facts = {"FUNCTION_NAME": datum(form("quote", model[1])), "FUNCTION_ARITY": arity}
        macros = {name: _constant(value) for name, value in facts.items()}
        inner = Expander(self._translator, self._where.with_macros(macros), self._hidden)
        return Expression([*model[:2], self.all(model[2]), inner.all(model[3])])

    def define_macro(self, model: Any) -> Any:
        """Expand a macro's definition, but not its name and its meta data."""
        return self.tail(model, 3)


def _constant(value: Any) -> Macro:
    return lambda arguments, environment: value


def _is_macro(item: Any) -> bool:
    return is_form(item) and len(item) == 2 and head_of(item[1]) in ("lambda", "match-lambda")


def _keep(expander: Expander, model: Any) -> Any:
    return model


def _keep_first(count: int) -> Callable[[Expander, Any], Any]:
    return lambda expander, model: expander.tail(model, count)


_INSIDE: dict[str, Callable[[Expander, Any], Any]] = {
    **dict.fromkeys(("quote", "function", "record-index", "define-module", "extend-module"), _keep),
    **dict.fromkeys(("define-type", "define-opaque-type", "define-function-spec"), _keep),
    **dict.fromkeys(("lambda", "record", "make-record", "struct", "define-record"), _keep_first(2)),
    **dict.fromkeys(("progn", "prog1", "prog2", "if", "catch", "funcall", "call", "when"), _keep_first(1)),
    **dict.fromkeys(("eval-when-compile", "is-record", "is-struct", "record-field", "struct-field"), _keep_first(1)),
    **dict.fromkeys(("record-update", "struct-update", "define-struct", "maybe"), _keep_first(1)),
    **dict.fromkeys(("lc", "list-comp", "bc", "binary-comp"), Expander.comprehension),
    **dict.fromkeys(("let-function", "letrec-function"), Expander.let_function),
    "let": Expander.let,
    "match-lambda": Expander.match_lambda,
    "let-macro": Expander.let_macro,
    "case": Expander.case,
    "receive": Expander.clauses,
    "cond": Expander.cond,
    "try": Expander.try_,
    "define-function": Expander.define_function,
    "define-macro": Expander.define_macro,
}
