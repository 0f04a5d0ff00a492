"""A message in pieces: plain words, and words that do something, for marking on a page."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from troth.content.acts import acts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from troth.pages.words import Words

MOST: Final = 1200


@dataclass(frozen=True)
class Piece:
    """Some words of a message.

    Attributes:
        text: them, fit to show; line breaks are kept.
        act: the act that they do, or "".
        label: what people call it, with any other act that shares the words; or "".
    """

    text: str
    act: str = ""
    label: str = ""


def pieces(text: str, spans: Iterable[Mapping[str, Any]], words: Words) -> list[Piece]:
    """Cut a message where acts begin and end.

    Acts that share words share a piece: it is named after all, and coloured as the gravest.

    Args:
        text: as it was read; at most ``MOST`` characters are shown.
        spans: ``act``, ``start``, ``end`` and ``strength`` of each, as readings hold them.
        words: of the reader.

    Returns:
        The pieces in order.
    """
    shown = text[: MOST - 1].rstrip() + "…" if len(text) > MOST else text
    found: list[Piece] = []
    at = 0
    for start, end, acting in _runs(spans, min(len(shown), MOST)):
        if start > at:
            found.append(Piece(_fit(shown[at:start])))
        found.append(Piece(_fit(shown[start:end]), acting[0], _label(acting, words)))
        at = end
    if at < len(shown):
        found.append(Piece(_fit(shown[at:])))
    return found


def act_name(act: str, words: Words) -> str:
    """What people call an act."""
    known = acts().get(act)
    if known is None:
        return act
    return known.zh if words.lang == "zh" else known.en


def _runs(spans: Iterable[Mapping[str, Any]], most: int) -> list[tuple[int, int, list[str]]]:
    """Runs of characters that acts cover, with the acts, the gravest first."""
    runs: list[tuple[int, int, list[Mapping[str, Any]]]] = []
    for span in sorted(spans, key=lambda s: (s["start"], s["end"])):
        start, end = max(0, span["start"]), min(most, span["end"])
        if start >= end:
            continue
        if runs and start < runs[-1][1]:
            first, last, acting = runs[-1]
            runs[-1] = (first, max(last, end), [*acting, span])
        else:
            runs.append((start, end, [span]))
    return [(start, end, _gravest(acting)) for start, end, acting in runs]


def _gravest(acting: Sequence[Mapping[str, Any]]) -> list[str]:
    """The acts of a run, harm first; one that lies inside another is named only where it hurts."""
    known = acts()

    def harms(span: Mapping[str, Any]) -> bool:
        act = known.get(span["act"])
        return act is not None and act.harm

    def inside(span: Mapping[str, Any]) -> bool:
        size = span["end"] - span["start"]
        return any(
            other["start"] <= span["start"]
            and span["end"] <= other["end"]
            and other["end"] - other["start"] > size
            for other in acting
        )

    named = [span for span in acting if harms(span) or not inside(span)]
    named.sort(key=lambda span: (not harms(span), span["act"] != "promise", -span["strength"]))
    return list(dict.fromkeys(span["act"] for span in named))


def _label(acting: Sequence[str], words: Words) -> str:
    return words.say("list.between").join(act_name(act, words) for act in acting)


def _fit(text: str) -> str:
    """Text without what steers a display, its line breaks and its length in words kept."""
    if text.isprintable():
        return text
    hidden = {"Cc": " ", "Zl": "\n", "Zp": "\n", "Cf": "", "Cs": "?"}
    return "".join(c if c in "\n\u200d" else hidden.get(unicodedata.category(c), c) for c in text)
