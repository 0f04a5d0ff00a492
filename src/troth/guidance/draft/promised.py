"""Remarks on promises that name no time, and what counts as naming one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from troth.guidance.draft.remark import Remark, on
from troth.guidance.draft.scene import GAP, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from troth.guidance.draft.scene import Scene


def is_dated(scene: Scene, promise: dict[str, Any]) -> bool:
    """Whether a promise says when: a time, words for one, or a gap that waits for it."""
    part = scene.sentence_at(promise["start"])
    if GAP.search(scene.text, part.start, max(part.end, promise["end"])):
        return True
    said = (promise["due_text"] or "").lower()
    return bool(promise["due"]) or bool(said and not listed("vague").search(said))


def has_dated(scene: Scene) -> bool:
    """Whether anything is promised by a time."""
    return bool(GAP.search(scene.text)) or any(
        is_dated(scene, promise) for promise in scene.reading.promises
    )


def undated(scene: Scene) -> Iterator[Remark]:
    """Remarks on promises without a time, the vague words or the promise's own being marked.

    Args:
        scene: the draft.
    """
    for promise in scene.reading.promises:
        if not is_dated(scene, promise):
            yield _remark(scene, promise)
            return


def _remark(scene: Scene, promise: dict[str, Any]) -> Remark:
    start, end = promise["start"], promise["end"]
    part = scene.sentence_at(start)
    vague = listed("vague").search(scene.spelled, part.start, part.end)
    if vague:
        return on(scene, "undated", vague.start(), vague.end())
    own, by = scene.text[start:end], on(scene, "undated", end, end).rewrite or ""
    if scene.lang == "en":
        return Remark("undated", start, end, f"{own.rstrip()} {by[:1].lower()}{by[1:]}")
    done = own.rfind(promise["deliverable"]) if promise["deliverable"] else -1
    whole = by + own if done <= 0 else own[:done] + by + own[done:]
    return Remark("undated", start, end, whole)
