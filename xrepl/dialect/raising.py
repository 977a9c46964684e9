"""Erlang's three kinds of exception as one Python exception, and the usual ways to raise it.

Library code raises with these; the texts that a shell shows for them are made in `failures.py`.
The names and reasons are Erlang's (see its reference manual, "Errors and Error Handling").
"""

from __future__ import annotations

from typing import Any

from xrepl.dialect.data import Atom

Called = tuple[str, str, tuple[Any, ...]]


class LfeError(Exception):
    """An exception of the language.

    Args:
        kind: "error", "throw" or "exit".
        reason: any value of the language.
        called: (module, function, arguments) of the library call that failed, shown as
            `  in (m : f args)`; None when the failure has no such line.

    Attributes:
        stack: the stack that whoever raised it has given; None for that of the place where it was raised.
        place: where the form stands that cannot be compiled, as `places.Place` has it; None for other failures.
        model: that form, if it is not the one that is being translated.
    """

    def __init__(self, kind: str, reason: Any, called: Called | None = None) -> None:
        super().__init__(kind, reason)
        self.kind = kind
        self.reason = reason
        self.called = called
        self.stack: Any = None
        self.place: tuple[Any, ...] | None = None
        self.model: Any = None


class ExpansionFailed(LfeError):
    """A macro failed while a form was expanded.

    Args:
        model: the macro call, as the translator has it.
        form: the same as data.
        reason: why it failed.
        called: the library call that failed in it.

    Attributes:
        is_thrown: whether it threw or exited, and did not fail.
        is_top: whether it was the head of a form of the top level, which then shows it and goes on.
    """

    def __init__(self, model: Any, form: Any, reason: Any, called: Called | None = None) -> None:
        super().__init__("error", (Atom("expand_macro"), form, reason), called)
        self.model = model
        self.form = form
        self.is_top = False
        self.is_thrown = False


class Exiting(BaseException):
    """A process has been ended: raised where it stands, and no form of the language can catch it."""


def error(reason: Any) -> LfeError:
    """Make the exception of `(error reason)`; a str names an atom."""
    return LfeError("error", Atom(reason) if isinstance(reason, str) else reason)


def badarg(module: str, function: str, *arguments: Any) -> LfeError:
    """Make the `bad argument` error of a library call, shown with `  in (module : function args)`."""
    return LfeError("error", Atom("badarg"), (module, function, arguments))


def badarith(function: str, *arguments: Any) -> LfeError:
    """Make the `error in arithmetic expression` of an operator of module `erlang`."""
    return LfeError("error", Atom("badarith"), ("erlang", function, arguments))


def function_clause(module: str, function: str, *arguments: Any) -> LfeError:
    """Make the `no function clause matching` error of a library function."""
    return LfeError("error", Atom("function_clause"), (module, function, arguments))


def undefined(module: str, function: str, *arguments: Any) -> LfeError:
    """Make the `undefined function` error of a remote call."""
    return LfeError("error", Atom("undef"), (module, function, arguments))
