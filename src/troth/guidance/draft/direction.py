"""Which way a reply is likely to move trust, and why: a direction, never a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from troth.content.acts import acts
from troth.content.never_said import never_said
from troth.guidance.draft.harms import HARMS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.guidance.draft.remark import Remark
    from troth.guidance.draft.scene import Scene

#: What no reply says outweighs anything kind beside it.
_GRAVE: Final = 1.0
UP: Final = "up"
DOWN: Final = "down"
UNCLEAR: Final = "unclear"
#: What repairs, and so speaks for a reply to somebody who is hurt, though it is no evidence of its own.
_REPAIRS: Final = ("apology", "ownership", "explanation")
_LEFT_OUT: Final = frozenset(
    {"missing_feeling", "missing_step", "missing_answer", "wrong_question", "bare_apology", "handed_on",
     "asked_again", "third_apology", "policy_alone"}
)  # fmt: skip


@dataclass(frozen=True)
class Direction:
    """Where trust is likely to go.

    Attributes:
        way: ``up``, ``down`` or ``unclear``.
        helping: names of acts that speak for the reply, the weightiest first.
        harming: names of acts, or kinds of remarks, that speak against it, likewise.
        at_risk: whether a promise has no time and so is easily broken.
    """

    way: str
    helping: tuple[str, ...]
    harming: tuple[str, ...]
    at_risk: bool


def direction_of(scene: Scene, remarks: Sequence[Remark]) -> Direction:
    """Weigh what a reply does by the evidence that its acts would be.

    Args:
        scene: the draft.
        remarks: all of them, not only those shown.

    Returns:
        The direction; weights of ``content/acts.yaml`` decide, those of one group counting once, and
        a thing left out outweighs kind words.

    Source: our choice, decision 0029.
    """
    known, (good, bad) = acts(), _weighed(scene)
    left_out = [r.kind for r in remarks if r.kind in _LEFT_OUT]
    if scene.reading.promises and not any(r.kind in ("undated", "over_promise") for r in remarks):
        good["promise"] = 0.15
    for kind in {r.kind for r in remarks} & known.keys():
        says = known[kind].evidence
        if says is not None and says.outcome < 0.5:  # heard in words that the reader does not know
            bad.setdefault(kind, says.weight)
    for kind in {r.kind for r in remarks} & never_said().kinds.keys():
        bad[kind] = _GRAVE
    for kind in left_out:
        bad[kind] = 0.2
    if "policy_alone" in bad:
        good.pop("explanation", None)  # to name a rule is not to give its reason
    helping, harming = _ranked(good), _ranked(bad)
    way = UNCLEAR
    if bad and (left_out or max(bad.values()) >= sum(good.values())):
        way = DOWN
    elif good and not any(r.kind in HARMS for r in remarks):
        way = UP
    at_risk = any(r.kind == "undated" for r in remarks)
    return Direction(way, helping, harming, at_risk)


def _weighed(scene: Scene) -> tuple[dict[str, float], dict[str, float]]:
    """Weights of the acts that speak for a reply, and of those that speak against it."""
    good: dict[str, float] = {}
    bad: dict[str, float] = {}
    for act in scene.acts:
        says = acts()[act.act].evidence
        if says is None:
            if act.act in _REPAIRS and scene.upset:
                good[act.act] = 0.1
            continue
        side = good if says.outcome >= 0.5 else bad
        side[act.act] = max(side.get(act.act, 0.0), says.weight * act.strength)
    return good, bad


def _ranked(weights: dict[str, float]) -> tuple[str, ...]:
    return tuple(sorted(weights, key=lambda name: (-weights[name], name)))
