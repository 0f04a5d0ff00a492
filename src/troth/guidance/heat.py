"""Heat on the day's hard contacts: how tense they are and why; it tells of customers, never of staff."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from troth.guidance.facts import DAY_US

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from troth.guidance.breaches import OpenBreach
    from troth.guidance.facts import Situation

#: Sign → how much it heats; the order is that in which signs are told.
SIGNS: Final = {
    "threat": 3, "anger": 2, "reopened": 2, "unanswered": 2, "apologised": 1, "late": 1,
}  # fmt: skip
#: From so much on, by name of the level.
LEVELS: Final = (("hot", 3), ("warm", 2), ("mild", 1))
#: Levels at which one steadies oneself first; what is mild stands in the list anyway.
TENSE: Final = ("hot", "warm")
#: Words older than that have cooled.
BACK_DAYS: Final = 14
#: A case that nobody reacted to for so long is hard to open.
ANSWER_DAYS: Final = 1
#: Weaker anger is not spoken of.
ANGRY: Final = 0.4
#: So many tense contacts of one colleague are worth sharing.
MANY: Final = 2


@dataclass(frozen=True)
class Hard:
    """A contact of today that may be hard.

    Attributes:
        truster: who is to be met.
        trusted: the house.
        taker: party id of the colleague whose promise or case it is.
        signs: of ``SIGNS``, in that order.
        quote: the words that make it hard, or "".
        event_id: where those were said, or "".
    """

    truster: str
    trusted: str
    taker: str
    signs: tuple[str, ...]
    quote: str = ""
    event_id: str = ""

    @property
    def points(self) -> int:
        """How much its signs heat together."""
        return sum(SIGNS[sign] for sign in self.signs)

    @property
    def level(self) -> str:
        """``hot``, ``warm``, ``mild``, or ``calm`` where there are no signs."""
        return next((name for name, least in LEVELS if self.points >= least), "calm")

    @property
    def variant(self) -> str:
        """Which steadying routine fits, of content/steady.yaml."""
        if {"threat", "anger"} & set(self.signs):
            return "anger"
        return "mistake" if {"apologised", "reopened"} & set(self.signs) else "bad_news"


def signs_of(
    *, anger: float = 0.0, threat: bool = False, reopened: bool = False, apologised: bool = False,
    unanswered: bool = False, late: bool = False,
) -> tuple[str, ...]:  # fmt: skip
    """The signs that hold.

    Args:
        anger: 0–1 in their latest words; counts from ``ANGRY`` on.
        threat: whether those threaten with a review, the press or the law.
        reopened: whether they complained again.
        apologised: whether an apology was given and the case is still open: the second one is harder.
        unanswered: whether nobody has reacted to their case for more than ``ANSWER_DAYS``.
        late: whether a promise to them is late.

    Source: our choice, decision 0030.

    >>> signs_of(anger=0.8, late=True)
    ('anger', 'late')
    """
    holds = {
        "threat": threat, "anger": anger >= ANGRY, "reopened": reopened, "apologised": apologised,
        "unanswered": unanswered, "late": late,
    }  # fmt: skip
    return tuple(sign for sign in SIGNS if holds[sign])


def left_waiting(case: OpenBreach, at_us: int) -> bool:
    """Whether nobody has reacted to a case for more than ``ANSWER_DAYS``."""
    return case.latest is None and at_us - case.since_us > ANSWER_DAYS * DAY_US


def hard_of(situation: Situation) -> Hard:
    """How hard it is to meet one customer now.

    Args:
        situation: as their card is made from.
    """
    told, cases = situation.told, situation.waiting
    last = next(iter(situation.messages), None)
    recent = last is not None and told.at_us - last.t_us <= BACK_DAYS * DAY_US
    signs = signs_of(
        anger=last.emotions.get("anger", 0.0) if last and recent else 0.0,
        threat=bool(last and recent and any(act == "threat" for act, _ in last.acts)),
        reopened=any(case.kind == "complaint_reopened" for case in cases),
        apologised=any(case.apologised for case in cases),
        unanswered=any(left_waiting(case, told.at_us) for case in cases),
    )
    return Hard(told.truster, told.trustee, situation.me, signs)


def hottest_first(contacts: Iterable[Hard]) -> list[Hard]:
    """One a relationship, signs joined, the tensest first; those without signs are left out."""
    joined: dict[tuple[str, str], Hard] = {}
    for one in contacts:
        was = joined.get((one.truster, one.trusted), one)
        signs = tuple(sign for sign in SIGNS if sign in (*was.signs, *one.signs))
        joined[one.truster, one.trusted] = Hard(
            one.truster, one.trusted, was.taker, signs, was.quote or one.quote,
            was.event_id or one.event_id,
        )  # fmt: skip
    found = [one for one in joined.values() if one.signs]
    return sorted(found, key=lambda one: (-one.points, one.truster, one.trusted))


def to_share(contacts: Sequence[Hard]) -> list[str]:
    """Colleagues with several tense contacts today, in order of id: whom to offer help, no ranking."""
    tense = Counter(one.taker for one in contacts if one.level in TENSE and one.taker)
    return sorted(taker for taker, count in tense.items() if count >= MANY)
