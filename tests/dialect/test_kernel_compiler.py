"""The kernel's own compiler, beside Hy's for the same forms."""

import ast
import types
from typing import Any

import hy
import pytest
from hy.compiler import HyASTCompiler
from hy.models import Expression, Integer, List, String, Tuple

from xrepl.dialect.kernel import Code, block, call, call_value, function, get, literal, name, store
from xrepl.dialect.tokens import LSym

A, B, C = name("l_a"), name("l_b"), name("l_c")
RETURNS = call("if", A, call("return", B), call("return", C))

FORMS = {
    "name": A,
    "constant": literal(None),
    "call": call("_x_add", A, Integer(1)),
    "call of a value": call_value(get(A, Integer(0)), B),
    "call with all of a list": call("_x_add", call("unpack-iterable", A)),
    "comparison": call("is", call("_x_type", A), B),
    "comparisons": call("is", A, B, C),
    "arithmetic": call("+", A, call("*", B, Integer(3))),
    "negation": call("-", A),
    "and, or, not": call("and", call("or", A, B), call("not", C)),
    "and with a statement": call("and", A, block([store("l_b", A), B])),
    "element": get(get(A, Integer(1)), String("k")),
    "assignment": store("l_a", call("_x_f", B)),
    "assignment of several": call("setv", Tuple([A, B]), Tuple([B, A])),
    "assignment within": call("and", call("setx", A, call("_x_f", B)), A),
    "block": block([call("_x_f", A), store("l_b", A), B]),
    "block with a constant": block([literal("text"), A]),
    "choice of values": call("if", A, B, call("if", B, A, C)),
    "choice between statements with a value": call("_x_f", call("if", A, block([store("l_b", A), B]), C)),
    "assignment of a choice": store("l_a", call("if", A, block([store("l_b", A), B]), C)),
    "raise": call("raise", call("_x_error", A)),
    "function": function("_x_top", ["l_a", "l_b"], ["l_c"], [store("l_d", A), call("return", B)]),
    "function that ends with a value": function("_x_top", [], [], [call("_x_f", A)]),
    "function without a body": function("_x_top", [], [], []),
    "function in a function": function("_x_top", ["l_a"], [], [function("l_f", ["l_b"], ["l_a"], [A]), name("l_f")]),
    "loop": function("_x_top", ["l_a"], [], [call("while", A, store("l_a", B), call("continue"))]),
}


def as_hys(model: Any) -> Any:
    """Give the same form in models that Hy compiles by itself."""
    if isinstance(model, Code):
        return Expression(map(as_hys, model))
    if isinstance(model, (List, Tuple)):
        return type(model)(map(as_hys, model))
    return hy.models.Symbol(str(model)) if type(model) is LSym else model


def compiled(model: Any) -> str:
    """Compile a form and give the tree as text."""
    result = HyASTCompiler(types.ModuleType("m")).compile(model)
    body = ast.Module([*result.stmts, ast.Expr(result.force_expr)], [])
    return ast.dump(body)


@pytest.mark.parametrize("what", FORMS)
def test_kernel_forms_are_compiled_as_hy_would(what: str) -> None:
    """The tree is the one that Hy's own compiler makes of the form."""
    model = FORMS[what]

    assert compiled(as_hys(model)) == compiled(model)


def test_branches_that_return_leave_no_name_behind() -> None:
    """A choice between two returns is a plain `if`, where Hy would store what nothing reads."""
    tree = compiled(RETURNS)

    assert ("_hy_anon" in compiled(as_hys(RETURNS)), "_hy_anon" in tree) == (True, False)


def test_lines_of_forms_are_those_of_the_tree() -> None:
    """What tracebacks name is the line of the form that was translated."""
    model = store("l_a", call("_x_f", B))
    model._start_line = 7
    result = HyASTCompiler(types.ModuleType("m")).compile(model)

    assert [statement.lineno for statement in result.stmts] == [7]
