"""`receive`: the mailbox's first message that matches, with a time limit.

The patterns and guards become one function that says which clause a message matches and what it binds; the body runs
outside of it, when the message has been taken.  Whose turn it is meanwhile is `scheduler.py`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hy.models import Tuple

from xrepl.dialect.clauses import guard, nest, one_pattern, split_guard
from xrepl.dialect.forms import Destination, bad_form, head_of, statement
from xrepl.dialect.kernel import block, call, function, get, name, number, store
from xrepl.dialect.patterns import Matching
from xrepl.dialect.predefined import expand_predefined
from xrepl.dialect.raising import ExpansionFailed, LfeError
from xrepl.dialect.scope import Block, Function, Where
from xrepl.dialect.tokens import datum

if TYPE_CHECKING:
    from xrepl.dialect.translate import Translator

# what each clause binds: the user's name and the identifier in the matching function
Bound = list[dict[str, str]]


@statement("receive")
def receive(t: Translator, model: Any, where: Where, to: Destination, out: Block) -> None:
    """`(receive (pattern [(when test ...)] body ...) ... [(after milliseconds body ...)])`."""
    parts = list(model[1:])
    after = parts.pop() if parts and head_of(parts[-1]) == "after" else None
    if after is not None and len(after) < 2:
        raise bad_form("receive")
    clauses = one_pattern(parts)
    timeout = name("None") if after is None else t.value_name(after[1], where, out)
    matcher, bound = _matcher(t, clauses, where, out)
    found = where.fresh("found")
    out.append(store(found, call("_x_receive", name(matcher), timeout)))
    chosen: Block = []
    for index in reversed(range(len(clauses))):
        chosen = [_branch(t, index, clauses[index][1], bound[index], found, where, to, chosen)]
    if after is not None:
        late: Block = []
        t.body(after[2:], where, to, late)
        chosen = [call("if", call("is", name(found), name("_x_TIMEOUT")), block(late), block(chosen))]
    out.extend(chosen)


@statement("?", is_macro=True)
def any_message(t: Translator, model: Any, where: Where, to: Destination, out: Block) -> None:
    """`(? [milliseconds [default]])`: take any message; without a default it exits when there is none in time."""
    try:
        expanded = expand_predefined(model)
    except LfeError as problem:
        raise ExpansionFailed(model, datum(model), problem.reason) from None
    t.statement(expanded, where, to, out)


def _matcher(t: Translator, clauses: Any, where: Where, out: Block) -> tuple[str, Bound]:
    """Define the function that looks at a message; give its name and what each clause binds."""
    fn = Function(where.fn)
    fn.parameters = [fn.fresh("message")]
    inner = where.inside(fn)
    body: Block = []
    bound: Bound = []
    for index, (patterns, rest) in enumerate(clauses):
        matching = Matching(t, inner)
        matching.add(patterns[0], name(fn.parameters[0]))
        bound.append(matching.bound)
        success: Block = [call("return", Tuple([number(index), *map(name, matching.bound.values())]))]
        tests, _ = split_guard(rest)
        if tests:
            before: Block = []
            tested = guard(t, tests, inner.with_variables(matching.bound), before)
            success = [*before, call("if", tested, success[0], name("None"))]
        body.extend(nest(matching.steps, success))
    body.append(call("return", name("None")))
    identifier = where.fresh("matcher")
    out.append(function(identifier, fn.parameters, list(fn.captures), body))
    return identifier, bound


def _branch(
    t: Translator,
    index: int,
    rest: list[Any],
    bound: dict[str, str],
    found: str,
    where: Where,
    to: Destination,
    otherwise: Block,
) -> Any:
    """Give the statement that runs a clause's body if it is the one that matched."""
    inside: Block = []
    variables: dict[str, str] = {}
    for place, variable in enumerate(bound, 1):
        variables[variable] = where.fresh(variable)
        inside.append(store(variables[variable], get(name(found), number(place))))
    _, body = split_guard(rest)
    t.body(body, where.with_variables(variables), to, inside)
    return call("if", call("=", get(name(found), number(0)), number(index)), block(inside), block(otherwise))
