"""User-perceived characters: where a text may be cut, by the extended grapheme cluster rules of Unicode.

The rules are UAX 29's, from the general categories that Python knows: combining marks, joiners, Hangul syllables,
flags, emoji sequences. Prepended marks (a dozen rare code points) are not joined to what follows.
"""

from __future__ import annotations

from typing import Final
from unicodedata import category

_FIRST_COMBINING: Final = "\u0300"  # below it only CR LF makes a cluster of two
_JOINER: Final = "\u200d"
_EXTENDING_CATEGORIES: Final = frozenset({"Mn", "Me", "Mc"})
_CONTROL_CATEGORIES: Final = frozenset({"Cc", "Zl", "Zp"})


def is_simple(text: str) -> bool:
    """Say whether every character of a text stands for itself, so that plain indexing is right."""
    return (text.isascii() or max(text) < _FIRST_COMBINING) and "\r\n" not in text


def clusters(text: str) -> list[str]:
    """Cut a text into its user-perceived characters."""
    if is_simple(text):
        return list(text)
    result: list[str] = []
    cluster = ""
    for character in text:
        if cluster and _is_joined(cluster, character):
            cluster += character
            continue
        if cluster:
            result.append(cluster)
        cluster = character
    result.append(cluster)
    return result


def _is_joined(cluster: str, character: str) -> bool:
    """Say whether a character belongs to the cluster before it."""
    last = cluster[-1]
    if last == "\r" and character == "\n":
        return True
    if category(last) in _CONTROL_CATEGORIES or category(character) in _CONTROL_CATEGORIES:
        return False
    if _extends(character):
        return True
    if last == _JOINER:
        return _is_pictograph(cluster[0]) and _is_pictograph(character)
    if _is_flag_letter(last) and _is_flag_letter(character):
        return sum(map(_is_flag_letter, cluster)) % 2 == 1
    return _syllable(character) in _FOLLOWERS.get(_syllable(last), frozenset())


def _extends(character: str) -> bool:
    code = ord(character)
    return (
        category(character) in _EXTENDING_CATEGORIES
        or code in (0x200C, 0x200D)
        or 0x1F3FB <= code <= 0x1F3FF  # skin tones
        or 0xE0020 <= code <= 0xE007F  # tags of subdivision flags
    )


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _is_pictograph(character: str) -> bool:
    return category(character) == "So" or 0x1F000 <= ord(character) <= 0x1FAFF


# --- Hangul: leading consonants, vowels, trailing consonants make one syllable


def _syllable(character: str) -> str:
    """Give the kind of a Hangul character: L, V, T, LV, LVT; "" for all else."""
    code = ord(character)
    if 0x1100 <= code <= 0x115F or 0xA960 <= code <= 0xA97C:
        return "L"
    if 0x1160 <= code <= 0x11A7 or 0xD7B0 <= code <= 0xD7C6:
        return "V"
    if 0x11A8 <= code <= 0x11FF or 0xD7CB <= code <= 0xD7FB:
        return "T"
    if 0xAC00 <= code <= 0xD7A3:
        return "LVT" if (code - 0xAC00) % 28 else "LV"
    return ""


_FOLLOWERS: Final = {
    "L": frozenset({"L", "V", "LV", "LVT"}),
    "V": frozenset({"V", "T"}),
    "LV": frozenset({"V", "T"}),
    "T": frozenset({"T"}),
    "LVT": frozenset({"T"}),
}
