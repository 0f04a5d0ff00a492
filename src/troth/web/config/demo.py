"""The whole demo: what happened, and what people answered, noted and decided beside it."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from troth.web.guidance.demo import dress_advice
from troth.web.ledger.demo import SEED, seed_demo
from troth.web.people.demo import dress_people
from troth.web.team.demo import dress_team

if TYPE_CHECKING:
    from collections.abc import Callable

    from troth.web.accounts.actor import Actor


def seed_whole_demo(
    actor: Actor, seed: int = SEED, tell: Callable[[str, int, int], None] | None = None
) -> None:
    """Put the demo into an empty desk, with all that stands beside its events.

    Args:
        actor: with the demo's present as its time.
        seed: fixes what is left to chance.
        tell: told of (what, done, all).
    """
    seed_demo(actor, seed, tell)
    dress_people(actor, Random(seed))  # noqa: S311 - a demo needs a seeded generator, not a secret one
    dress_team(actor)
    dress_advice(actor, Random(seed))  # noqa: S311 - likewise
