"""Counting n-grams the slow way: strings in a dictionary, no hashes."""

from __future__ import annotations

from collections import Counter

_BLANKS = {*map(chr, range(33)), "\x85", "\xa0", "\u2028", "\u2029", "\u3000"}


def _letter(sign: str) -> bool:
    if sign.isascii():
        return sign.isalnum() or sign == "'"
    return "\u00c0" <= sign < "\u0530" and sign not in "×÷"


def units(text: str, unit: str) -> list[str]:
    """Characters or words of a plain text, with a blank at both ends."""
    spaced = "".join(" " if sign in _BLANKS else sign for sign in text)
    if unit != "words":
        inner = " ".join(spaced.split(" ")).split(" ")
        joined = " ".join(filter(None, inner))
        return list(f" {joined} ") if joined else [" "]
    found = [" "]
    word = ""
    for sign in [*spaced, " "]:
        if _letter(sign):
            word += sign
            continue
        if word:
            found.append(word)
        word = ""
        if sign != " ":
            found.append(sign)
    return [*found, " "]


def grams(text: str, unit: str, low: int, high: int) -> Counter[tuple[str, ...]]:
    """How often each n-gram occurs."""
    parts = units(text, unit)
    counted: Counter[tuple[str, ...]] = Counter()
    for start in range(len(parts)):
        for width in range(1, high + 1):
            gram = tuple(parts[start : start + width])
            if len(gram) < width:
                break
            if width >= low and gram != (" ",):
                counted[gram] += 1
            if unit == "inside" and width > 1 and gram[-1] == " ":
                break
    return counted
