"""`try` and `catch`: Python's exceptions as the language's classes error, throw and exit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hy.models import List

from xrepl.dialect.clauses import Clause, add_clauses, one_pattern
from xrepl.dialect.data import Atom
from xrepl.dialect.forms import DROP, Destination, bad_form, head_of, set_to, statement
from xrepl.dialect.kernel import block, call, name, store
from xrepl.dialect.raising import error
from xrepl.dialect.scope import Block, Where
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
    """`(try form ... [(case clause ...)] [(catch clause ...)] [(after form ...)])`."""
    body, parts = _parts(model)
    if "catch" not in parts and "after" not in parts:
        raise bad_form("try")
    result, state, problem = where.fresh("result"), where.fresh("state"), where.fresh("problem")
    inside: Block = []
    t.body(body, where, set_to(result), inside)
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


def _parts(model: Any) -> tuple[list[Any], dict[str, list[Any]]]:
    body: list[Any] = []
    parts: dict[str, list[Any]] = {}
    for item in model[1:]:
        head = head_of(item)
        if head in _PARTS and (head != "case" or (body and _is_clauses(item))):
            parts[head] = list(item[1:])
        else:
            body.append(item)
    return body, parts


def _is_clauses(item: Any) -> bool:
    """Say whether `(case ...)` is the part of a try: a value to match would come first in the form."""
    return len(item) > 1 and isinstance(item[1], (list, tuple)) and len(item[1]) > 1


def _chosen(t: Translator, parts: dict[str, list[Any]], result: str, where: Where) -> Block:
    chosen: Block = []
    if "case" in parts:
        failure = call("_x_try_clause", name(result))
        add_clauses(t, one_pattern(parts["case"]), [name(result)], where, set_to(result), chosen, failure)
    return chosen


def _handled(t: Translator, parts: dict[str, list[Any]], result: str, state: str, where: Where) -> Block:
    if not parts.get("catch"):
        return [call("raise", name(state))]
    caught = where.fresh("exception")
    handled: Block = [store(caught, call("_x_exception", name(state)))]
    clauses = [_catch_clause(clause) for clause in parts["catch"]]
    add_clauses(t, clauses, [name(caught)], where, set_to(result), handled, name(state))
    return handled


def _catch_clause(clause: Any) -> Clause:
    pattern = clause[0]
    if not (type(pattern) is LSym and pattern == "_"):
        if head_of(pattern) != "tuple" or len(pattern) != 4:
            raise error((Atom("illegal_exception"), datum(pattern)))
        if type(pattern[3]) is not LSym:
            raise error((Atom("illegal_stacktrace"), datum(pattern[3])))
    return [pattern], list(clause[1:])
