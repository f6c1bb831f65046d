"""Tells a random token from a chosen name, where nothing else does.

A chosen name is made of syllables and keeps to one case within a word. In a random string most pairs of neighbours
occur in no word (`qX`, `7b`, `kd`): their share decides.
"""

from __future__ import annotations

import re
from itertools import pairwise

_COMMON_PAIRS = """
    abcdfgiklmnprstuvwy baeilorsuy cacehiklorstuy dadegilorsuy eabcdefgilmnopqrstuvwxy faefilortuy gaeghilmnorsu
    haeiortu iabcdefgklmnoprstvxz jeo keisu labdeilopstuvy mabeilmopsu nacdefgiklnoprstuvy oabcdefgiklmnoprstuvwx
    paehiloprstuy qu rabcdefgiklmnoprstuvy sacefhiklmnopstuwy tacdehilmoprstuwy uabcdefgilmnoprst vaeio waehinors
    xaceipt yeilmnpst zaeo
"""
_FOLLOWS = {row[0]: frozenset(row[1:]) for row in _COMMON_PAIRS.split()}
"""For each letter those that follow it in 98 of 100 places of ordinary words and identifiers."""
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}")
_HEX = re.compile(r"[0-9A-Fa-f]+|0[xX][0-9A-Fa-f]+")
_BETWEEN_PARTS = re.compile(r"[.:,;!*()$@]|%[0-9A-Fa-f]{2}")
_PARTS = re.compile(r"[A-Za-z0-9]+")
SHORTEST = 16
"""A shorter word may be anything."""
_SHORTEST_OF_ONE_CASE = 20
_ODD = 0.34
_ODD_FOR_SURE = 0.45
_ODD_OF_ONE_CASE = 0.46


def looks_random(word: str, *, for_sure: bool = False) -> bool:
    """Whether a word reads like a drawn one. Numbers, hexadecimal ids and UUIDs are ordinary, so they do not.

    Of drawn words of 22 letters one in a thousand does not; of names of many short words and abbreviations five in
    a thousand do. `for_sure` takes fewer of both.
    """
    if len(word) < SHORTEST or _HEX.fullmatch(word) or _UUID.fullmatch(word):
        return False
    letters = "".join(_PARTS.findall(word))
    if len(letters) < SHORTEST:
        return False
    if not (letters.islower() or letters.isupper() or letters.isdigit()):
        return _odd_share(letters) >= (_ODD_FOR_SURE if for_sure else _ODD)
    longest = max(_PARTS.findall(word), key=len)
    return (
        len(longest) >= _SHORTEST_OF_ONE_CASE
        and not _HEX.fullmatch(longest)
        and _odd_share(longest) >= _ODD_OF_ONE_CASE
    )


def holds_random(text: str, *, for_sure: bool = False) -> bool:
    """Whether one of the parts between dots, colons and commas looks random, as in signed and bots' tokens."""
    parts = _BETWEEN_PARTS.split(text) if len(text) >= SHORTEST else ()
    return any(looks_random(part, for_sure=for_sure) for part in parts)


def _odd_share(letters: str) -> float:
    return sum(_is_odd(*pair) for pair in pairwise(letters)) / (len(letters) - 1)


def _is_odd(first: str, second: str) -> bool:
    """Whether no word has these two side by side. Capitals begin a word, or are all of it."""
    if first.isdigit() or second.isdigit():
        return first.isdigit() != second.isdigit()
    if first.islower() and second.isupper():
        return True
    return second.lower() not in _FOLLOWS.get(first.lower(), ())
