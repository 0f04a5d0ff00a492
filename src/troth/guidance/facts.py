"""Facts that a card speaks to: each with the reason why it holds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from troth.content.card_facts import facts_known
from troth.people.known import Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import tzinfo

    from troth.guidance.breaches import OpenBreach
    from troth.guidance.standing import Row
    from troth.trust.explain import Explanation


@dataclass(frozen=True)
class Reason:
    """Why a fact holds; pages put it into words.

    Attributes:
        how: which sort of reason, ends the key of its phrase.
        event_id: the event behind it, or "".
        t_us: when, microseconds UTC, or None.
        text: the words quoted, or "".
        by: who said so: a party's id for an event, a name for a statement, or "".
        origin: of ``troth.content.origins.ORIGINS`` for a statement about a person, else "".
        kind: of the event, or what else the phrase names (an emotion, a stage, an act).
        count: how many, where that is told.
    """

    how: str
    event_id: str = ""
    t_us: int | None = None
    text: str = ""
    by: str = ""
    origin: str = ""
    kind: str = ""
    count: int = 0


@dataclass(frozen=True)
class Fact:
    """One fact: its name, its value (True for a flag, a number for a count), and why."""

    name: str
    value: Any
    reason: Reason


class Facts:
    """All that holds of a relationship now, for one member of staff.

    Args:
        held: facts, in any order; of one that has a single value the first counts.

    Raises:
        ValueError: a fact has a name or a value that no rule can ask for, or an origin that may not
            stand behind it; a slip would otherwise silence its rules.
    """

    def __init__(self, held: Iterable[Fact]) -> None:
        self._held: dict[str, list[Fact]] = defaultdict(list)
        for fact in held:
            _check(fact)
            if facts_known()[fact.name].many or not self._held[fact.name]:
                self._held[fact.name].append(fact)

    def meets(self, name: str, wanted: Any) -> Fact | None:
        """The fact that meets a rule's condition; None where none does."""
        counted = facts_known()[name].counted
        for fact in self._held.get(name, ()):
            if fact.value >= wanted if counted else fact.value == wanted:
                return fact
        return None

    def of(self, name: str) -> list[Fact]:
        """Every value of a fact."""
        return list(self._held.get(name, ()))

    def value(self, name: str) -> Any:
        """The value of a fact that has one; None where it does not hold."""
        held = self._held.get(name)
        return held[0].value if held else None


def _check(fact: Fact) -> None:
    asked = facts_known().get(fact.name)
    if asked is None:
        raise ValueError(f"unknown fact {fact.name!r}")
    if asked.values and fact.value not in asked.values:
        raise ValueError(f"{fact.name} cannot be {fact.value!r}")
    if asked.origins and fact.reason.origin not in asked.origins:
        raise ValueError(f"{fact.name} cannot rest on {fact.reason.origin or 'nobody'!r}")


@dataclass(frozen=True)
class Message:
    """One of the customer's own messages, as read.

    Attributes:
        event_id: of the message.
        t_us: when, microseconds UTC.
        text: its words.
        emotions: 0–1 by emotion.
        acts: (act, the words that show it).
    """

    event_id: str
    t_us: int
    text: str
    emotions: Mapping[str, float] = field(default_factory=dict)
    acts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Wish:
    """A like or dislike on record, in words: ``wanted`` is False for a dislike."""

    what: str
    wanted: bool
    by: str
    t_us: int


@dataclass(frozen=True)
class Situation:
    """What facts are taken from.

    Attributes:
        told: the explanation.
        rows: the relationship's own events in order of time.
        waiting: its breaches that wait for repair.
        zone: whose calendar says what today is.
        messages: the customer's own, newest first.
        wishes: likes and dislikes on record, newest first, without drafts.
        person: what is known of how the customer likes to be met.
        staff: likewise of the member of staff who reads, as they share it.
        me: party id of that member of staff, or "".
        quiet: whether the relationship went quiet.
        channel: ``face``, ``phone`` or ``written``.
    """

    told: Explanation
    rows: Sequence[Row]
    waiting: Sequence[OpenBreach]
    zone: tzinfo
    messages: Sequence[Message] = ()
    wishes: Sequence[Wish] = ()
    person: Person = field(default_factory=Person)
    staff: Person = field(default_factory=Person)
    me: str = ""
    quiet: bool = False
    channel: str = "written"


#: What a talk is coloured by is no older.
LATELY_DAYS: Final = 30
DAY_US: Final = 86_400_000_000


def facts_of(situation: Situation) -> Facts:
    """All facts of a situation, each with its reason."""
    from troth.guidance.facts_of_events import facts_of_events
    from troth.guidance.facts_of_messages import facts_of_messages
    from troth.guidance.facts_of_people import facts_of_people

    return Facts([
        *facts_of_events(situation), *facts_of_messages(situation.messages, situation.told.at_us),
        *facts_of_people(situation),
    ])  # fmt: skip
