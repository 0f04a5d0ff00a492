"""A draft looked over: at most three remarks, what it promises, and where it is likely to lead."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from troth.guidance.draft.direction import direction_of
from troth.guidance.draft.harms import HARMS, harms
from troth.guidance.draft.missing import missing
from troth.guidance.draft.plainness import plainness
from troth.guidance.draft.promised import undated
from troth.guidance.draft.scene import scene_of
from troth.guidance.draft.talk import Talk
from troth.guidance.draft.wishes import wishes

if TYPE_CHECKING:
    from troth.guidance.draft.direction import Direction
    from troth.guidance.draft.remark import Remark
    from troth.guidance.draft.scene import Scene

MOST: Final = 3
#: Remarks on single wordings; two of them on the same words would only confuse.
_WORDING: Final = frozenset(
    {
        *HARMS,
        "sarcasm",
        "idiom",
        "stilted",
        "carried_over",
        "bare_imperative",
        "house_term",
        "house_jargon",
    }
)
#: What nobody can vouch for needs no time beside.
_VOUCHED: Final = frozenset({"over_promise", "undated"})
#: A draft is cut here; a reply is shorter.
LONGEST: Final = 4000


@dataclass(frozen=True)
class Review:
    """What is said of a draft.

    Attributes:
        remarks: at most ``MOST``, in the order of their words.
        promises: drafts of what is promised, as the reader of messages finds them.
        direction: where trust is likely to go.
        lang: the draft's language, ``zh`` or ``en``.
    """

    remarks: tuple[Remark, ...]
    promises: tuple[dict[str, Any], ...]
    direction: Direction
    lang: str


def review(text: str, talk: Talk | None = None) -> Review:
    """Look a draft over.

    Args:
        text: the draft; an empty one gets no remark.
        talk: what it stands in; nothing is known by default.

    Returns:
        The review. Remarks are the three that matter most.

    >>> [r.kind for r in review("您必须先付款。").remarks]
    ['order']
    """
    scene = scene_of(text[:LONGEST], talk or Talk())
    every = remarks_on(scene)
    shown = sorted(every[:MOST], key=lambda r: (r.start, r.end))
    promises = tuple(scene.reading.promises)
    return Review(tuple(shown), promises, direction_of(scene, every), scene.lang)


def remarks_on(scene: Scene) -> list[Remark]:
    """Every remark on a draft, the weightiest first; of one kind on the same words only one.

    Args:
        scene: the draft beside what it answers.
    """
    if not scene.text.strip():
        return []
    found = chain(harms(scene), missing(scene), undated(scene), wishes(scene), plainness(scene))
    kept: list[Remark] = []
    for remark in sorted(found, key=lambda r: (r.rank, r.start, r.end)):
        if not any(_same_words(remark, other) for other in kept):
            kept.append(remark)
    return kept


def _same_words(one: Remark, other: Remark) -> bool:
    """Whether two remarks are on the same words in the same way: of one kind, or both on the wording."""
    kinds = {one.kind, other.kind}
    if len(kinds) > 1 and not (kinds <= _WORDING or kinds == _VOUCHED):
        return False
    return one.start < other.end and other.start < one.end
