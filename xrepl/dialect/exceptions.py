"""`try` and `catch`: Python's exceptions as the language's classes error, throw and exit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hy.models import List

from xrepl.dialect.backquote import expand_backquote
from xrepl.dialect.clauses import Clause, add_clauses, one_pattern
from xrepl.dialect.data import Atom
from xrepl.dialect.forms import DROP, Destination, bad_form, head_of, is_form, set_to, statement
from xrepl.dialect.kernel import block, call, name, store
from xrepl.dialect.raising import error
from xrepl.dialect.scope import Block, Model, Where
from xrepl.dialect.tokens import LSym, datum

if TYPE_CHECKING:
    from xrepl.dialect.translate import Translator

_PARTS = ("case", "catch", "after")


@statement("catch")
def catch(t: Translator, model: Any, where: Where, to: Destination, out: Block) -> None:
    """`(catch form ...)`: the value, what was thrown, or `#(EXIT reason)`."""
    result, problem = where.fresh("caught"), where.fresh("problem")
    inside: Block = []
    t.body(model[1:], where, set_to(result), inside)
    value = store(result, call("_x_catch", name(problem)))
    handler = call("except", List((name(problem), name("_x_BaseException"))), value)
    out.append(call("try", *inside, handler))
    t.put(name(result), to, out)


@statement("try")
def try_(t: Translator, model: Any, where: Where, to: Destination, out: Block) -> None:
    """`(try form [(case clause ...)] [(catch clause ...)] [(after form ...)])`."""
    parts = _parts(model)
    if not t.globals.is_compiled:
        _check_exceptions(parts.get("catch", []))
    result, state, problem = where.fresh("result"), where.fresh("state"), where.fresh("problem")
    inside: Block = []
    t.statement(model[1], where, set_to(result), inside)
    inside.append(store(state, name("None")))
    handler = call("except", List((name(problem), name("_x_BaseException"))), store(state, name(problem)))
    whole: Block = [call("try", *inside, handler)]
    chosen = _chosen(t, parts, result, where)
    handled = _handled(t, parts, result, state, where)
    whole.append(call("if", call("is", name(state), name("None")), block(chosen), block(handled)))
    if "after" in parts:
        last: Block = []
        t.body(parts["after"], where, DROP, last)
        whole = [call("try", *whole, call("finally", *(last or [name("None")])))]
    out.extend(whole)
    t.put(name(result), to, out)


def _parts(model: Any) -> dict[str, list[Any]]:
    """Give the parts by name: each at most once, in their order, one of `catch` and `after` at least."""
    heads = [head_of(item) for item in model[2:]]
    places = [_PARTS.index(head) if head in _PARTS else -1 for head in heads]
    is_ordered = all(earlier < later for earlier, later in zip([-1, *places], places, strict=False))
    if not is_ordered or not ({"catch", "after"} & set(heads)):
        raise bad_form("try")
    return {head: list(item[1:]) for head, item in zip(heads, model[2:], strict=True)}


def _check_exceptions(clauses: list[Any]) -> None:
    """Check the patterns of exceptions, which LFE's shell does before it evaluates anything.

    Raises:
        LfeError: one is none.
    """
    for clause in clauses:
        if not is_form(clause) or not clause:
            raise error((Atom("case_clause"), datum(clause)))
        if not _is_legal(clause[0]):
            raise error((Atom("illegal_exception"), datum(clause[0])))


def _chosen(t: Translator, parts: dict[str, list[Any]], result: str, where: Where) -> Block:
    chosen: Block = []
    if "case" in parts:
        failure = call("_x_try_clause", name(result))
        add_clauses(t, one_pattern(parts["case"]), [name(result)], where, set_to(result), chosen, failure)
    return chosen


def _handled(t: Translator, parts: dict[str, list[Any]], result: str, state: str, where: Where) -> Block:
    if "catch" not in parts:
        return [call("raise", name(state))]
    caught = where.fresh("exception")
    wants_stack = any(_stack_variable(clause) != "_" for clause in parts["catch"])
    runtime = "_x_exception_and_stack" if wants_stack else "_x_exception"
    handled: Block = [store(caught, call(runtime, name(state)))]
    failure: Model = name(state)
    clauses: list[Clause] = []
    for clause in one_pattern(parts["catch"]):
        if not _is_legal(clause[0][0]):  # a file's code fails when an exception gets so far
            reason = (Atom("illegal_exception"), datum(clause[0][0]))
            t.globals.failed(error(reason), "try")
            failure = call("_x_error", t.constant(reason))
            break
        clauses.append(clause)
    add_clauses(t, clauses, [name(caught)], where, set_to(result), handled, failure)
    return handled


def _stack_variable(clause: Any) -> str:
    """Give the name that a clause has for the stack; `_` when it has none."""
    pattern = clause[0] if is_form(clause) and clause else clause
    if head_of(pattern) == "backquote" and len(pattern) == 2:
        pattern = expand_backquote(pattern[1])
    return str(pattern[3]) if head_of(pattern) == "tuple" and len(pattern) == 4 else "_"


def _is_legal(pattern: Any) -> bool:
    """Say whether a pattern is one of an exception: `_`, or a tuple of class, reason and the stack's variable."""
    if head_of(pattern) == "backquote" and len(pattern) == 2:
        pattern = expand_backquote(pattern[1])
    if isinstance(pattern, LSym):
        return pattern == "_"
    return head_of(pattern) == "tuple" and len(pattern) == 4 and isinstance(pattern[3], LSym)
