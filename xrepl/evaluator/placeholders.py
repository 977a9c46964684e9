"""What a name is bound to after a restore when its value could not be kept: an object that says so, however it is used.

A placeholder is data: it is stored and restored itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from xrepl.errors import RestoreIncomplete

_USES = """
    call iter next len bool getitem setitem delitem contains enter exit int float index complex abs neg pos invert
    add sub mul matmul truediv floordiv mod divmod pow lshift rshift and xor or
    radd rsub rmul rmatmul rtruediv rfloordiv rmod rdivmod rpow rlshift rrshift rand rxor ror
    iadd isub imul itruediv ifloordiv imod ipow iand ior ixor lt le gt ge round trunc floor ceil await aiter
""".split()


class Placeholder:
    """Stands for a value that was not kept.

    Args:
        name: the user's name of the binding.
        reason: what the value was, or why it is not there.
    """

    __slots__ = ("_x_name", "_x_reason")

    def __init__(self, name: str, reason: str) -> None:
        object.__setattr__(self, "_x_name", name)
        object.__setattr__(self, "_x_reason", reason)

    def __reduce__(self) -> Any:
        return Placeholder, (self._x_name, self._x_reason)

    def __repr__(self) -> str:
        return f"#<{self._x_name} was not kept: {self._x_reason}>"

    lfe_text = __str__ = __repr__

    def __getattr__(self, name: str) -> Any:
        # what Python or a library asks to see what can be done with a value is not a use
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        explain(self)

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        explain(self)

    def __delattr__(self, name: str) -> NoReturn:
        explain(self)

    def __hash__(self) -> int:
        return hash((Placeholder, self._x_name))

    def __eq__(self, other: object) -> bool:
        return type(other) is Placeholder and repr(self) == repr(other)


def explain(placeholder: Any) -> NoReturn:
    """Say what a placeholder stands for.

    Raises:
        RestoreIncomplete: always.
    """
    raise RestoreIncomplete(f"{placeholder._x_name} was not kept: {placeholder._x_reason}", "bind it again")


def reason_of(placeholder: Placeholder) -> str:
    """Give the reason that a placeholder holds."""
    reason: str = placeholder._x_reason
    return reason


def _use() -> Callable[..., NoReturn]:
    def use(self: Placeholder, *arguments: Any) -> NoReturn:
        explain(self)

    return use


for _name in _USES:
    setattr(Placeholder, f"__{_name}__", _use())
