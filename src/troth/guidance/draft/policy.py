"""A remark on replies that hold up a rule to somebody in difficulty, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from troth.guidance.draft.promised import has_dated
from troth.guidance.draft.remark import Remark, on, trimmed
from troth.guidance.draft.scene import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from troth.guidance.draft.scene import Scene

_WAYS: Final = frozenset(
    {"solution", "choice", "promise", "follow_up", "progress_update", "ownership"}
)
#: What the customer's words are about when a rule alone leaves them standing.
_IN_NEED: Final = ("trouble", "harmed", "why", "told_already")


def policy_alone(scene: Scene) -> Iterator[Remark]:
    """A remark on the sentence that names the rule, where neither reason nor way out comes with it.

    Args:
        scene: the draft beside what it answers.
    """
    rule = listed("policy").search(scene.spelled)
    if rule is None or not (scene.upset or any(scene.heard(name) for name in _IN_NEED)):
        return
    if scene.heard("policy") and not scene.upset:
        return  # the rule is what they ask for
    if scene.names & _WAYS or has_dated(scene) or scene.has("cause") or scene.has("offered"):
        return
    part = scene.sentence_at(rule.start())
    start = trimmed(scene.text, part.start, part.end)[0]
    yield on(scene, "policy_alone", start, scene.closed(part.end))
