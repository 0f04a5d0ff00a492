"""The quiet budget: how often we may reach out to somebody unasked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from troth.content.kinds import codebook, contact_kinds
from troth.guidance.facts import DAY_US

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from troth.guidance.standing import Row

#: At most one outreach in so many days; who said that they like more room gets twice as many.
DAYS: Final = 14
ROOMY_DAYS: Final = 28
#: What follows their own words within so many days answers them.
ANSWER_DAYS: Final = 3
_REACHING: Final = ("contact", "message")


@dataclass(frozen=True)
class Contact:
    """One event seen as contact.

    Attributes:
        t_us: when, microseconds UTC.
        event_id: of the event.
        theirs: whether it came from the customer; else it came from us.
        reaches: whether it was we who got in touch, of our own accord as far as it shows.
    """

    t_us: int
    event_id: str
    theirs: bool
    reaches: bool


@dataclass(frozen=True)
class Budget:
    """What is left.

    Attributes:
        days: how far apart outreaches are.
        last_us: the last outreach; None where there was none.
        free_us: from when the next may come; None where one may come at once.
    """

    days: int
    last_us: int | None
    free_us: int | None

    @property
    def spent(self) -> bool:
        """Whether none may come now."""
        return self.free_us is not None


def contacts_of(rows: Iterable[Row], ours: frozenset[str]) -> list[Contact]:
    """Events as contacts, in order of time.

    Args:
        rows: standing events of one relationship.
        ours: ids of the messages that we wrote.

    Returns:
        Theirs are messages of the customer and kinds in which the truster acts. Ours are all else in
        which the two met. What was only read from words, and deeds among colleagues, are no contact.
    """
    found = []
    kinds = codebook()
    for row in rows:
        name = row["kind"]
        if name not in contact_kinds() or (row.get("source") or "").startswith("reading"):
            continue
        by_us = name != "message" and kinds[name].direction == "toward_truster"
        by_us = by_us or row["event_id"] in ours
        reaches = by_us and name in _REACHING and not row["ref"]
        found.append(Contact(row["t_us"], row["event_id"], not by_us, reaches))
    return sorted(found, key=lambda one: (one.t_us, one.event_id))


def outreaches(contacts: Sequence[Contact]) -> list[int]:
    """When we reached out unasked.

    An outreach is a contact or message by us that answers nothing: it refers to no event, and nothing
    came from the customer in the three days before it. Keeping or moving a promise, and every step of a
    repair, is owed and therefore no outreach.

    Args:
        contacts: in order of time.

    Returns:
        Times, ascending, microseconds UTC.

    Source: our choice, decision 0030.
    """
    found = []
    heard_us: int | None = None
    for one in contacts:
        if one.theirs:
            heard_us = one.t_us
        elif one.reaches and not answers(heard_us, one.t_us):
            found.append(one.t_us)
    return found


def answers(heard_us: int | None, at_us: int) -> bool:
    """Whether something said now answers what was last heard from them."""
    return heard_us is not None and at_us - heard_us <= ANSWER_DAYS * DAY_US


def budget_of(
    contacts: Sequence[Contact], accepted: Iterable[int], at_us: int, days: int = DAYS
) -> Budget:
    """What is left of the budget.

    Args:
        contacts: in order of time, all before ``at_us``.
        accepted: when somebody agreed to an outreach that was proposed; it counts at once, so that two
            colleagues do not both call.
        at_us: now, microseconds UTC.
        days: how far apart outreaches are.
    """
    last = max((*outreaches(contacts), *accepted), default=None)
    if last is None:
        return Budget(days, None, None)
    free = last + days * DAY_US
    return Budget(days, last, free if at_us < free else None)
