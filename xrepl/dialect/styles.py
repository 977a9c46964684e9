"""The two styles of formatted output: Erlang's (`io`) and LFE's (`lfe_io`).

It joins the printers with `formatting.py` and holds nothing else.
"""

from __future__ import annotations

from typing import Any, Final

from xrepl.dialect import erlang_pretty, erlang_printer, printer
from xrepl.dialect.formatting import LINE_WIDTH, Sequence, Style


def _erlang_write(value: Any, depth: int, unicode: bool) -> str:
    return erlang_printer.write(value, depth, unicode=unicode)


def _erlang_pretty(value: Any, indent: int, width: int, depth: int, unicode: bool, strings: bool) -> str:
    return erlang_pretty.pretty(value, column=indent + 1, width=width, depth=depth, unicode=unicode, strings=strings)


def _erlang_data(value: Any, sequence: Sequence, column: int) -> Any:
    depth = sequence.arguments[1] if len(sequence.arguments) == 2 else -1
    if sequence.control in "wW":
        return erlang_pretty.data_of(erlang_pretty.write_pieces(value, depth, unicode=sequence.is_unicode))
    width = LINE_WIDTH if sequence.width is None else sequence.width
    start = column if sequence.precision is None else max(sequence.precision - 1, 0)
    options = {"unicode": sequence.is_unicode, "strings": sequence.strings}
    return erlang_pretty.data_of(erlang_pretty.pieces(value, start + 1, width, depth, **options))


def _erlang_prefix(base: int, lowercase: bool) -> str:
    return f"{base}#"


def _lfe_write(value: Any, depth: int, unicode: bool) -> str:
    return printer.write(value, depth)


def _lfe_pretty(value: Any, indent: int, width: int, depth: int, unicode: bool, strings: bool) -> str:
    return printer.pretty(value, indent=indent, width=width, depth=depth)


_LFE_PREFIXES: Final = {2: "#b", 8: "#o", 10: "#d", 16: "#x"}


def _lfe_prefix(base: int, lowercase: bool) -> str:
    prefix = _LFE_PREFIXES.get(base, f"#{base}r")
    return prefix if lowercase else prefix.upper()


ERLANG: Final = Style(
    _erlang_write, _erlang_pretty, _erlang_prefix, cuts=False, is_unicode=False, nests_all=False, data=_erlang_data
)
LFE: Final = Style(_lfe_write, _lfe_pretty, _lfe_prefix, cuts=True, is_unicode=True, nests_all=True)
