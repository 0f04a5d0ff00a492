"""A draft's review as data, for programs and for those who show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from troth.content.acts import acts
from troth.content.remarks import remark_kinds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from troth.guidance.draft.direction import Direction
    from troth.guidance.draft.remark import Remark
    from troth.guidance.draft.review import Review

_REASONS: Final = 3


def told_of(review: Review, text: str, lang: str) -> dict[str, Any]:
    """A review as JSON's own types.

    Args:
        review: of the draft.
        text: the draft; spans count its characters from 0.
        lang: of labels and reasons, ``zh`` or ``en``.
    """
    direction = review.direction
    return {
        "lang": review.lang, "remarks": remarks_of(review.remarks, text, lang),
        "promises": list(review.promises),
        "direction": {
            "way": direction.way, "helping": list(direction.helping),
            "harming": list(direction.harming), "promise_at_risk": direction.at_risk,
        },
    }  # fmt: skip


def remarks_of(remarks: Iterable[Remark], text: str, lang: str) -> list[dict[str, Any]]:
    """Remarks likewise; an empty ``rewrite`` leaves the words out."""
    return [
        {
            "kind": r.kind, "start": r.start, "end": r.end, "text": text[r.start : r.end],
            "label": r.label(lang), "why": r.why(lang), "rewrite": r.rewrite, "source": r.source,
        }
        for r in remarks
    ]  # fmt: skip


def reasons_of(direction: Direction, lang: str) -> dict[str, list[str]]:
    """What speaks for and against a draft, by name, the weightiest first."""
    return {
        "helping": [_called(name, lang) for name in direction.helping[:_REASONS]],
        "harming": [_called(name, lang) for name in direction.harming[:_REASONS]],
    }


def _called(name: str, lang: str) -> str:
    kinds = remark_kinds()
    if name in kinds:
        return kinds[name].label[lang]
    act = acts()[name]
    return act.zh if lang == "zh" else act.en
