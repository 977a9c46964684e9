"""What the compilation of a file depends on beside the file's text, and whether that is still the same.

Included files and the macros of other modules can be compared.  Code that runs while a file is compiled, that of macros
and of `eval-when-compile`, gives the same again only when it calls nothing but functions that look at their arguments
alone: the time, a file, another process may be others next time.  Compiles nothing itself.
"""

from __future__ import annotations

import hashlib
import types
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hy.models import Expression, Sequence, String, Symbol

from xrepl.dialect.bif_names import GUARD_FUNCTIONS, OPERATORS
from xrepl.dialect.bifs import ACCESSORS, BIFS
from xrepl.dialect.definitions import TOP
from xrepl.dialect.inclusion import NotIncluded, included_text
from xrepl.dialect.module_globals import HELPER
from xrepl.dialect.modules import find
from xrepl.dialect.names import function_name, is_remote, macro_id
from xrepl.dialect.printer import write
from xrepl.dialect.tokens import LSym

if TYPE_CHECKING:
    from xrepl.dialect.interpreter import Interpreter

# modules of which every function's value depends on its arguments alone
_MODULES: Final = frozenset(
    """
    array binary dict gb_sets gb_trees io_lib lists maps math orddict ordsets proplists queue re sets string unicode
    """.split()
)
_CONVERSIONS: Final = frozenset(
    """
    atom_to_binary binary_to_atom binary_to_float binary_to_integer binary_to_list bitstring_to_list float_to_binary
    integer_to_binary iolist_size iolist_to_binary list_to_binary list_to_bitstring list_to_float split_binary
    """.split()
)
_OF_A_MOMENT: Final = frozenset({"node", "self", "!"})
_PLAIN: Final = frozenset({name for name, _ in {*BIFS, *GUARD_FUNCTIONS, *OPERATORS}} | _CONVERSIONS) - _OF_A_MOMENT
# what of the runtime is so as well; what is not named, such as calls by the names of module and function, is not
_RUNTIME: Final = frozenset(
    f"_x_{name}"
    for name in """
    BaseException Cons Exception NIL add and append at_least at_most badmatch badrecord bit_generator bounce case_clause
    catch check_struct collect_bits compiled_funcall compiled_test dict divide else_clause equal error exactly_equal
    exactly_unequal exception failure from_iterable funcall function function_clause generator greater int is_nil
    is_struct isinstance join_bits len less make_map make_struct map_get map_key map_remove map_set map_size map_update
    module_clause multiply negate or plus read_bits struct_field struct_of subtract test try_clause tuple type unbound
    uncons unequal write_binary write_byte write_character write_float write_integer xor
    """.split()
) | {f"_x_{name}" for name, _ in ACCESSORS}
_KNOWN: Final = _RUNTIME | {TOP, "head", "tail"}
# forms of Hy's that run something, or bring macros, while they are compiled
_AT_COMPILE_TIME: Final = frozenset(
    {"defmacro", "defreader", "do-mac", "eval-and-compile", "eval-when-compile", "pragma", "require"}
)
_MACROS_OF_HY = "_hy_macros"


class Dependencies(NamedTuple):
    """What a compilation depends on.

    Attributes:
        included: the kind of each include form, the name in it, a digest of the file's text.
        macros: names that may be those of other modules' macros, and how the session's modules define them.
        has_hy: whether there are Hy's own forms, in which macros of Hy's are expanded.
    """

    included: tuple[tuple[str, str, str], ...] = ()
    macros: tuple[tuple[str, str], ...] = ()
    has_hy: bool = False


class Account:
    """Takes account of one file's compilation, while it goes on.

    Args:
        interpreter: the session's.
    """

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter
        self._included: dict[tuple[str, str], str] = {}
        self._asked: set[str] = set()
        self._mentioned: set[str] = set()
        self._helpers: set[str] = set()
        self._hy: set[str] = set()

    def included(self, model: Any, text: str) -> None:
        """Take note of an include form and the text of its file."""
        self._included[str(model[0]), str(model[1])] = _digest(text)

    def asked(self, name: str) -> None:
        """Take note of a name that may be that of another module's macro."""
        if ":" in name.strip(":"):
            self._asked.add(name)

    def ran(self, code: types.CodeType | None) -> None:
        """Take note of code that runs while the file is compiled."""
        if code is not None:
            self._mentioned.update(_mentioned(code))

    def helped(self, identifier: str) -> None:
        """Take note of a function or variable that the file makes for such code, which was told as well."""
        self._helpers.add(identifier)

    def translated(self, model: Any) -> None:
        """Take note of what a function was translated to."""
        self._hy.update(_words_of_hy(model))

    def dependencies(self) -> Dependencies | None:
        """Give what the compilation depends on; None if it cannot be told."""
        macros = {name: _defined(self._interpreter, name) for name in sorted(self._asked)}
        if not (self._is_repeatable() and all(text is not None for text in macros.values())):
            return None
        included = tuple((*key, digest) for key, digest in self._included.items())
        return Dependencies(included, tuple((name, text or "") for name, text in macros.items()), bool(self._hy))

    def _is_repeatable(self) -> bool:
        if self._hy and (self._hy & _AT_COMPILE_TIME or _has_macros_of_hy(self._interpreter)):
            return False
        return all(map(self._is_known, self._mentioned))

    def _is_known(self, identifier: str) -> bool:
        """Say whether what code mentions gives the same for the same arguments."""
        if identifier.startswith(HELPER):
            return identifier in self._helpers
        key = function_name(identifier)
        if key is None or not is_remote(identifier):
            return identifier in _KNOWN
        module, _, name = key[0].partition(":")
        return module in _MODULES or (module == "erlang" and name in _PLAIN)


def are_same(interpreter: Interpreter, file: str, known: Dependencies) -> bool:
    """Say whether a compilation of a file would find what an earlier one found."""
    if known.has_hy and _has_macros_of_hy(interpreter):
        return False
    folder = Path(file).parent
    return all(_defined(interpreter, name) == text for name, text in known.macros) and all(
        _included_digest(kind, name, folder) == digest for kind, name, digest in known.included
    )


def _included_digest(kind: str, name: str, folder: Path) -> str | None:
    try:
        return _digest(included_text(Expression((LSym(kind), String(name))), folder))
    except NotIncluded:
        return None


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _defined(interpreter: Interpreter, name: str) -> str | None:
    """Give how the session's modules define a macro: empty without such a module, None if it cannot be told."""
    namespace, lent = interpreter.namespace, interpreter.globals.lent
    module, _, text = name.partition(":")
    if macro_id(name) in namespace or macro_id(name) in lent:
        return None
    own = find(namespace, module) or find(lent, module)
    if own is None:
        return ""
    if text in own.shown or "all" in own.shown:
        return None
    return next((f"macro {write(definition)}" for known, definition, _ in own.macros if known == text), "none")


def _has_macros_of_hy(interpreter: Interpreter) -> bool:
    return bool(interpreter.namespace.get(_MACROS_OF_HY))


def _mentioned(code: types.CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _mentioned(constant)


def _words_of_hy(model: Any) -> Iterator[str]:
    """Go through the names in a model that are Hy's: the translator's own are of another type."""
    if type(model) is Symbol:
        yield str(model)
    elif isinstance(model, Sequence):
        for item in model:
            yield from _words_of_hy(item)
