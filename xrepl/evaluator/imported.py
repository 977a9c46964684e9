"""What a session's code has set in Python's modules: they are imported again, so it is named as not kept.

Looked at are the modules that the code mentioned: their attributes against those that they had when the session saw
them first, and their lists, dictionaries and sets as far as the code mentioned these, too.  What a module does for
itself is no change of the session's.
"""

from __future__ import annotations

import builtins
import pickle
import sys
import types
from collections.abc import Iterator, Mapping
from typing import Any

from xrepl.evaluator import blobs
from xrepl.evaluator.delta import Delta
from xrepl.evaluator.taking import PROTOCOL

GROUP = "imported"
REASON = "set in a module of Python's, which is imported again"
STATE_REASON = "changes state of Python's own"
_MOST_ENTRIES = 1000
_SETTERS = frozenset({"setattr", "__setattr__", "__dict__", "vars", "patch"})
# kept otherwise, or changed by every import
_KNOWN = {"sys": frozenset({"path", "modules", "path_importer_cache"}), "os": frozenset({"environ", "environb"})}
# functions that change what can only be seen by using it
_CHANGING = {
    "setrecursionlimit": "sys", "setdefaulttimeout": "socket", "simplefilter": "warnings", "filterwarnings": "warnings",
    "basicConfig": "logging", "setLevel": "logging", "setlocale": "locale", "umask": "os",
    "set_printoptions": "numpy", "set_option": "pandas",
}  # fmt: skip
_MISSING = object()


class _Seen:
    """A module as it was when it was looked at last."""

    def __init__(self, module: types.ModuleType) -> None:
        self.module = module
        self.attributes = dict(vars(module))
        self.contents = {
            name: _content(value)
            for name, value in self.attributes.items()
            if type(value) in (list, dict, set) and name[0] != "_" and len(value) <= _MOST_ENTRIES
        }


def _content(value: Any) -> list[Any]:
    return list(value.items()) if type(value) is dict else list(value)


class Imported:
    """The modules that one session has bound.

    Args:
        namespace: the session's dictionary.
        module_name: of its module.

    Attributes:
        lost: what was set, by module and name, with the reason.
        has_hook: whether a module has got a function of the session's, which it may call.
    """

    def __init__(self, namespace: dict[str, Any], module_name: str) -> None:
        self._namespace = namespace
        self._module_name = module_name
        self._seen: dict[str, _Seen] = {"builtins": _Seen(builtins)}
        self.lost: dict[str, str] = {}
        self.has_hook = False
        self._told: dict[str, str] = {}

    def load(self, blob: bytes) -> None:
        """Take what was set before the evaluator ended for lost.

        Raises:
            StoreDamaged: the bytes cannot be read.
        """
        self.lost = self._told = pickle.loads(blobs.decode(blob).pickles)

    def tell(self, delta: Delta, mentioned: frozenset[str]) -> None:
        """Look at the modules that code has mentioned; put into a delta what was set, so that it is told again."""
        self._look_at_all(mentioned)
        if self.lost != self._told:
            self._told = dict(self.lost)
            delta.set[GROUP] = ([], blobs.encode((), 0, [pickle.dumps(self._told, PROTOCOL)]))

    def _look_at_all(self, mentioned: frozenset[str]) -> None:
        for name in mentioned:
            value = self._namespace.get(name)
            if type(value) is types.ModuleType and value.__name__ != self._module_name:
                self._look(value, mentioned)
            elif isinstance(value, type) and not self._is_own(value):
                self._look_into(value, mentioned)
        for name in mentioned & _CHANGING.keys():
            if _CHANGING[name] in sys.modules:
                self.lost[f"{_CHANGING[name]}.{name}"] = STATE_REASON

    def _look(self, module: types.ModuleType, mentioned: frozenset[str]) -> None:
        seen = self._seen.get(module.__name__)
        if seen is None or seen.module is not module:
            self._seen[module.__name__] = _Seen(module)
            return
        for name, value in self._changed(seen, mentioned):
            self.lost[f"{module.__name__}.{name}"] = REASON
            self.has_hook |= self._is_own(value)
        for name in mentioned:
            value = vars(module).get(name)
            if isinstance(value, type) and not self._is_own(value):
                self._look_into(value, mentioned)

    def _changed(self, seen: _Seen, mentioned: frozenset[str]) -> Iterator[tuple[str, Any]]:
        now = vars(seen.module)
        known = _KNOWN.get(seen.module.__name__, frozenset())
        is_any = not _SETTERS.isdisjoint(mentioned)
        for name, value in now.items():
            if seen.attributes.get(name, _MISSING) is not value:
                seen.attributes[name] = value
                if self._is_set(name, value) and (name in mentioned or is_any):
                    yield name, value
        for name in (mentioned & seen.contents.keys()) - known:
            value = now.get(name)
            if value is seen.attributes.get(name) and type(value) in (list, dict, set):
                content = _content(value)
                if content != seen.contents[name]:
                    seen.contents[name] = content
                    yield name, value

    def _is_set(self, name: str, value: Any) -> bool:
        """Say whether an attribute that is new may be the user's: what a module loads late is not."""
        if isinstance(value, types.ModuleType) or (name.startswith("__") and name.endswith("__")):
            return False
        if isinstance(value, (type, types.FunctionType)):
            return self._is_own(value)
        return True

    def _look_into(self, owner: type, mentioned: frozenset[str]) -> None:
        """Look for functions of the session's in a class of a module's."""
        attributes: Mapping[str, Any] = vars(owner)
        for name in mentioned & attributes.keys():
            if self._is_own(attributes[name]):
                self.lost[f"{owner.__module__}.{owner.__qualname__}.{name}"] = REASON
                self.has_hook = True

    def _is_own(self, value: Any) -> bool:
        value = getattr(value, "__func__", getattr(value, "fget", value))
        if isinstance(value, types.FunctionType):
            return value.__globals__ is self._namespace
        owner = value if isinstance(value, type) else type(value)
        return owner.__module__ == self._module_name
