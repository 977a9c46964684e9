"""Hy models to Python code: with `kernel_compiler.py` the only file that touches Hy's private names.

Constants of the language travel through Hy as marked strings and are put in their place in the code object, so
that a quoted list costs what a Python constant costs and leaves nothing in the session's namespace.
"""

from __future__ import annotations

import ast
import types
import warnings
from typing import Any

import hy.compiler
import hy.models
from hy.compiler import HyASTCompiler, hy_compile
from hy.models import Expression, String, Symbol

from xrepl.dialect import kernel_compiler
from xrepl.dialect.kernel import Code

_UNPACK = {kind: Symbol(f"unpack-{kind}") for kind in ("iterable", "mapping")}


def _is_unpack(kind: str, model: Any) -> bool:
    """Say what Hy's own function says, without making a symbol for every argument of every call."""
    return isinstance(model, Expression) and len(model) > 0 and bool(model[0] == _UNPACK[kind])


kernel_compiler.install()
hy.compiler.is_unpack = _is_unpack
# Hy converts the arguments of every macro to models at all depths, which makes nested forms cost the square
hy.models._wrappers[Code] = lambda code: code

_MARK = "\0xrepl constant "


class Constants:
    """The constants of one form: each stands in the models as a marked string."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}

    def model(self, value: Any) -> String:
        """Give the model that stands for a value."""
        mark = f"{_MARK}{len(self._values)}"
        self._values[mark] = value
        return String(mark)

    def put_in(self, code: types.CodeType) -> types.CodeType:
        """Give the code with the values in place of their marks."""
        return code.replace(co_consts=tuple(map(self._value, code.co_consts))) if self._values else code

    def _value(self, constant: Any) -> Any:
        if type(constant) is str:
            return self._values.get(constant, constant)
        if type(constant) is tuple:
            return tuple(map(self._value, constant))
        if isinstance(constant, types.CodeType):
            return self.put_in(constant)
        return constant


class Compiler:
    """Hy's compiler for one session's module; one object a session, since making one costs as much as a small form."""

    def __init__(self, module: types.ModuleType) -> None:
        self._module = module
        self._compiler = HyASTCompiler(module, filename=f"<{module.__name__}>")
        module.__dict__.pop("hy", None)

    @property
    def anonymous(self) -> int:
        """How many names Hy has made up for this session; a restored one must not begin again."""
        return int(self._compiler.anon_var_count)

    @anonymous.setter
    def anonymous(self, count: int) -> None:
        self._compiler.anon_var_count = count

    def compile(self, model: Any, constants: Constants, filename: str) -> tuple[types.CodeType | None, types.CodeType]:
        """Give the statements' code (None without any) and the value's code of a model.

        Raises:
            SyntaxError: Hy or Python refuses the form.
        """
        body, value = hy_compile(model, self._module, get_expr=True, compiler=self._compiler, import_stdlib=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            statements = None
            if body.body:
                tree = ast.Module([body, ast.Expr(value.body)], [])
                cleaned = _Cleaner(tree).visit(body)
                _give_lines(cleaned)
                statements = constants.put_in(compile(cleaned, filename, "exec"))
            _give_lines(value)
            return statements, constants.put_in(compile(value, filename, "eval"))


def _give_lines(tree: ast.AST, line: int = 1) -> None:
    """Give every node a position that Python accepts: generated models have none, and Hy's ranges may be empty."""
    line = max(getattr(tree, "lineno", 1) or 1, line)
    if "lineno" in tree._attributes:
        node: Any = tree
        node.lineno = node.end_lineno = line
        node.col_offset = node.end_col_offset = 0
    for child in ast.iter_child_nodes(tree):
        _give_lines(child, line)


class _Cleaner(ast.NodeTransformer):
    """Drops the stores that Hy leaves after statements, where nothing reads the name."""

    def __init__(self, tree: ast.AST) -> None:
        self._read = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        """Replace such a store of a constant by nothing."""
        target = node.targets[0]
        if isinstance(target, ast.Name) and target.id.startswith("_hy_anon_") and target.id not in self._read:
            return ast.copy_location(ast.Expr(node.value), node)
        return node
