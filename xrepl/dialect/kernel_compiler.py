"""Hy's compiler of the kernel's forms: each straight to Python's syntax tree, where Hy would expand macros of its own.

Hy calls it for every form that the translator has made, as it calls its own compilers for its own models.  What is
not in the table here, or has an unusual shape, is left to Hy.  Makes what Hy makes, but for temporary names of `if`
that nothing reads.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from typing import Any, TypeAlias

import hy.compiler
from hy.compiler import HyASTCompiler, Result
from hy.models import Expression, Integer, List, String
from hy.scoping import ScopeFn

from xrepl.dialect.kernel import Code
from xrepl.dialect.tokens import LSym, Quoted

# a value without statements is its expression; a statement is in a result
Part: TypeAlias = "ast.expr | Result"
_FormCompiler = Callable[[HyASTCompiler, Code], "Part | None"]

_CONSTANTS = {"None": None, "True": True, "False": False}
_COMPARISONS: dict[str, type[ast.cmpop]] = {
    "=": ast.Eq,
    "!=": ast.NotEq,
    "is": ast.Is,
    "is-not": ast.IsNot,
    "<": ast.Lt,
    "<=": ast.LtE,
    ">": ast.Gt,
    ">=": ast.GtE,
}
_ARITHMETIC: dict[str, type[ast.operator]] = {
    "+": ast.Add,
    "-": ast.Sub,
    "*": ast.Mult,
    "//": ast.FloorDiv,
    "%": ast.Mod,
}
_LOGIC: dict[str, type[ast.boolop]] = {"and": ast.And, "or": ast.Or}
# what the translator's own names begin with: no macro of Hy's has such a name
_OWN_PREFIXES = ("_x_", "l_", "lfe")
_BY_HY = hy.compiler._model_compilers[Expression]
# what Python's definitions must have besides, by its version
_MORE_OF_FUNCTIONS: dict[str, Any] = {"type_params": []} if sys.version_info >= (3, 12) else {}
_FORMS: dict[str, _FormCompiler] = {}


def install() -> None:
    """Let Hy compile the translator's models by this file."""
    hy.compiler._model_compilers[LSym] = _compile_name
    hy.compiler._model_compilers[Quoted] = _compile_name
    hy.compiler._model_compilers[Code] = _compile_code


def _compile_name(compiler: HyASTCompiler, symbol: LSym) -> ast.expr:
    """Compile a name of ours: an identifier of Python's that needs no mangling."""
    text = str(symbol)
    if text in _CONSTANTS:
        return ast.Constant(_CONSTANTS[text])
    node: ast.expr = compiler.scope.access(ast.Name(text, ast.Load()))
    return node


def _compile_code(compiler: HyASTCompiler, model: Code) -> Part:
    """Compile a form of the kernel."""
    head: Any = tuple.__getitem__(model, 0) if len(model) else None
    made = None
    if type(head) is LSym:
        text = str(head)
        known = _FORMS.get(text)
        if known is not None:
            made = known(compiler, model)
        elif text.startswith(_OWN_PREFIXES):
            made = _call(compiler, model)
    return _BY_HY(compiler, model) if made is None else made


def _part(compiler: HyASTCompiler, model: Any) -> Part:
    """Compile a part of a form."""
    kind = type(model)
    if kind is LSym:
        return _compile_name(compiler, model)
    if kind is Integer:
        return ast.Constant(int(model))
    if kind is String and model.brackets is None:
        return ast.Constant(str(model))
    if kind is Code:
        made = _compile_code(compiler, model)
        return made if isinstance(made, (ast.expr, Result)) else Result() + made
    return compiler.compile(model)


def _collect(compiler: HyASTCompiler, models: Any) -> tuple[list[ast.stmt], list[ast.expr]]:
    """Compile parts in order; give the statements of all, and the values."""
    statements: list[ast.stmt] = []
    values: list[ast.expr] = []
    for model in models:
        part = _part(compiler, model)
        if isinstance(part, Result):
            statements += part.stmts
            part = part.force_expr
        values.append(part)
    return statements, values


def _statement(node: Any, model: Any) -> Any:
    """Give a statement the line that its model has; Hy asks every statement for its place."""
    node.lineno, node.col_offset = getattr(model, "_start_line", None), 0
    return node


def _placed(node: Any, model: Any) -> Any:
    """Give an expression the line that its model has."""
    line = getattr(model, "_start_line", None)
    if line is not None:
        node.lineno = line
    return node


def _made(statements: list[ast.stmt], value: ast.expr) -> Part:
    return Result(stmts=statements, expr=value) if statements else value


def _call(compiler: HyASTCompiler, model: Code) -> Part | None:
    parts = iter(model)
    head = next(parts)
    arguments = list(parts)
    if any(_is_special(argument) for argument in arguments):
        return None
    function = _compile_name(compiler, head)
    statements, values = _collect(compiler, arguments)
    return _made(statements, _placed(ast.Call(function, values, []), model))


def _is_special(argument: Any) -> bool:
    """Say whether an argument may be a keyword or stand for several."""
    kind = type(argument)
    if kind is LSym or kind is Integer or kind is String:
        return False
    if kind is not Code:
        return True
    head = argument[0]
    return type(head) is LSym and str(head).startswith("unpack-")


def _form(*heads: str) -> Callable[[_FormCompiler], _FormCompiler]:
    def register(compile_form: _FormCompiler) -> _FormCompiler:
        _FORMS.update(dict.fromkeys(heads, compile_form))
        return compile_form

    return register


@_form(*_COMPARISONS)
def _comparison(compiler: HyASTCompiler, model: Code) -> Part | None:
    head, *operands = model
    if len(operands) < 2:
        return None
    statements, values = _collect(compiler, operands)
    operation = _COMPARISONS[str(head)]
    made = ast.Compare(values[0], [operation() for _ in values[1:]], values[1:])
    return _made(statements, _placed(made, model))


@_form(*_ARITHMETIC)
def _arithmetic(compiler: HyASTCompiler, model: Code) -> Part | None:
    head, *operands = model
    if len(operands) != 2:
        return None
    statements, (left, right) = _collect(compiler, operands)
    return _made(statements, _placed(ast.BinOp(left, _ARITHMETIC[str(head)](), right), model))


@_form(*_LOGIC)
def _logic(compiler: HyASTCompiler, model: Code) -> Part | None:
    head, *operands = model
    if len(operands) < 2 or any(map(_may_have_statements, operands)):
        return None
    _, values = _collect(compiler, operands)
    return _placed(ast.BoolOp(_LOGIC[str(head)](), values), model)


def _may_have_statements(model: Any) -> bool:
    """Say whether what a model is compiled to may have statements: Hy then decides where they go."""
    kind = type(model)
    if kind is LSym or kind is Integer or kind is String:
        return False
    if kind is not Code or type(model[0]) is not LSym:
        return True
    head = str(model[0])
    is_plain = head in _COMPARISONS or head in _ARITHMETIC or head in _LOGIC or head.startswith(_OWN_PREFIXES)
    return not (is_plain or head in ("get", "not", "setx")) or any(map(_may_have_statements, tuple(model)[1:]))


@_form("not")
def _not(compiler: HyASTCompiler, model: Code) -> Part | None:
    if len(model) != 2:
        return None
    statements, (value,) = _collect(compiler, [model[1]])
    return _made(statements, _placed(ast.UnaryOp(ast.Not(), value), model))


@_form("get")
def _get(compiler: HyASTCompiler, model: Code) -> Part | None:
    if len(model) != 3:
        return None
    statements, (value, index) = _collect(compiler, [model[1], model[2]])
    return _made(statements, _placed(ast.Subscript(value, index, ast.Load()), model))


@_form("setv")
def _setv(compiler: HyASTCompiler, model: Code) -> Part | None:
    if len(model) != 3 or type(model[1]) is not LSym:
        return None
    part = _part(compiler, model[2])
    result = part if isinstance(part, Result) else Result(expr=part)
    if result.temp_variables:
        result.rename(compiler, model[1])
        result.expr = None
        return result
    target = compiler.scope.assign(ast.Name(str(model[1]), ast.Store()))
    value = result.force_expr
    return Result(stmts=[*result.stmts, _statement(ast.Assign([target], value), model)])


@_form("setx")
def _setx(compiler: HyASTCompiler, model: Code) -> Part | None:
    if len(model) != 3 or type(model[1]) is not LSym or _may_have_statements(model[2]):
        return None
    _, (value,) = _collect(compiler, [model[2]])
    target = compiler.scope.assign(ast.Name(str(model[1]), ast.Store()))
    return _placed(ast.NamedExpr(target, value), model)


@_form("return")
def _return(compiler: HyASTCompiler, model: Code) -> Part | None:
    if len(model) != 2:
        return None
    statements, (value,) = _collect(compiler, [model[1]])
    return Result(stmts=[*statements, _statement(ast.Return(value), model)])


@_form("raise")
def _raise(compiler: HyASTCompiler, model: Code) -> Part | None:
    if len(model) != 2:
        return None
    statements, (value,) = _collect(compiler, [model[1]])
    return Result(stmts=[*statements, _statement(ast.Raise(value, None), model)])


@_form("do")
def _do(compiler: HyASTCompiler, model: Code) -> Part:
    return _branch(compiler, tuple(model)[1:])


def _branch(compiler: HyASTCompiler, models: tuple[Any, ...]) -> Result:
    """Compile forms one after the other; the last one's value is that of all."""
    result = Result()
    last: Part | None = None
    for model in models:
        if isinstance(last, Result):
            result.stmts += last.expr_as_stmt().stmts
        elif last is not None:
            result.stmts.append(_statement(ast.Expr(last), model))
        last = _part(compiler, model)
        if isinstance(last, Result):
            result.stmts += last.stmts
    if isinstance(last, Result):
        result.temp_variables = last.temp_variables
        result.expr = last.expr
    else:
        result.expr = last
    return result


@_form("if")
def _if(compiler: HyASTCompiler, model: Code) -> Part | None:
    if len(model) != 4:
        return None
    _, test, body, orelse = model
    statements, (tested,) = _collect(compiler, [test])
    yes, no = _part(compiler, body), _part(compiler, orelse)
    if not isinstance(yes, Result) and not isinstance(no, Result):
        return _made(statements, _placed(ast.IfExp(tested, yes, no), model))
    yes, no = _as_result(yes), _as_result(no)
    if not (yes.stmts or no.stmts):
        return _made(statements, _placed(ast.IfExp(tested, yes.force_expr, no.force_expr), model))
    made = Result(stmts=statements)
    if _has_value(yes) or _has_value(no):
        name = compiler.get_anon_var()
        stored, loaded = ast.Name(name, ast.Store()), ast.Name(name, ast.Load())
        for branch in (yes, no):
            if _goes_on(branch):
                branch.stmts.append(_statement(ast.Assign([stored], branch.force_expr), model))
        made.expr = loaded
        made.temp_variables = [loaded, stored]
    made.stmts.append(_statement(ast.If(tested, yes.stmts or [_statement(ast.Pass(), None)], no.stmts), model))
    return made


def _as_result(part: Part) -> Result:
    return part if isinstance(part, Result) else Result(expr=part)


def _has_value(result: Result) -> bool:
    """Say whether a branch has another value than None."""
    value = result.expr
    return value is not None and not (isinstance(value, ast.Constant) and value.value is None)


def _goes_on(result: Result) -> bool:
    return not (result.stmts and isinstance(result.stmts[-1], (ast.Return, ast.Raise, ast.Continue, ast.Break)))


@_form("defn")
def _defn(compiler: HyASTCompiler, model: Code) -> Part | None:
    parts = tuple(model)
    if len(parts) < 3 or type(parts[1]) is not LSym or type(parts[2]) is not List:
        return None
    parameters = _parameters(compiler, parts[2])
    if parameters is None:
        return None
    name = str(parts[1])
    compiler.scope.define(name)
    with compiler.local_state(), compiler.scope.create(ScopeFn, parameters, False):
        body = _branch(compiler, parts[3:])
    if body.expr is not None:
        body.stmts.append(_statement(ast.Return(body.expr), None))
    statements = body.stmts or [_statement(ast.Pass(), None)]
    made = _statement(ast.FunctionDef(name, parameters, statements, [], **_MORE_OF_FUNCTIONS), model)
    loaded = ast.Name(name, ast.Load())
    return Result(stmts=[made], temp_variables=[loaded, made])


def _parameters(compiler: HyASTCompiler, models: Any) -> ast.arguments | None:
    """Give the parameters of a function: names, then a star and names with values; None for any other."""
    names: list[ast.arg] = []
    captures: list[ast.arg] = []
    values: list[ast.expr | None] = []
    has_star = False
    for model in models:
        if type(model) is LSym and not has_star:
            if str(model) == "*":
                has_star = True
            else:
                names.append(ast.arg(str(model)))
        elif has_star and type(model) is List and len(model) == 2 and all(type(part) is LSym for part in model):
            captures.append(ast.arg(str(model[0])))
            values.append(_compile_name(compiler, model[1]))
        else:
            return None
    return ast.arguments([], names, None, captures, values, None, [])
