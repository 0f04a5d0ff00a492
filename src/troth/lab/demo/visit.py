"""One encounter between a customer and a member of staff, and what may follow from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import exp
from typing import TYPE_CHECKING, TypedDict, Unpack

from troth.lab.demo.clock import by_day, say_time
from troth.lab.demo.diary import Diary, Entry

if TYPE_CHECKING:
    from random import Random

    from troth.lab.demo.pages import Phrasebook
    from troth.lab.demo.people import Customer, House, Staff

# What an event does to how the customer feels about the house: the causes behind surveys, silence
# and returns. Chosen so that one breach weighs like four or five kept promises.
FEELINGS = {
    "promise_kept": 0.2,
    "preference_honoured": 0.2,
    "recognition": 0.15,
    "disclosure": 0.15,
    "promise_broken": -0.9,
    "preference_missed": -0.6,
    "complaint_opened": -0.4,
    "complaint_reopened": -0.9,
    "apology": 0.25,
    "explanation": 0.1,
    "compensation": 0.35,
    "complaint_resolved": 0.3,
}


class Details(TypedDict, total=False):
    """What an event may carry besides who, when and what; see Entry."""

    truster: str
    trustee: str
    channel: str
    ref: Entry
    due: datetime
    speaks_of: datetime
    outcome: float


@dataclass
class Tie:
    """One customer's life with one house; ``felt`` is the latent trust, 0 is indifference."""

    customer: Customer
    house: House
    rhythm_days: float
    disposition: float
    voice: float
    favourite: Staff
    felt: float = 0.0
    away: list[tuple[datetime, datetime]] = field(default_factory=list)
    said: set[str] = field(default_factory=set)


@dataclass
class Visit:
    """An encounter under way: who is there, what it is about and where it is written down."""

    diary: Diary
    words: Phrasebook
    rng: Random
    tie: Tie
    staff: Staff
    slots: dict[str, str]

    def chance(self, base: float, dimension: str, at: datetime) -> bool:
        """Draw whether the staff member does well.

        Args:
            base: log-odds of an average member of staff in an average house.
            dimension: the trait that decides.
            at: when; busy months make everything less likely.
        """
        house = self.tie.house
        load = 0.6 if at.month in house.busy_months else 0.0
        odds = base + self.staff.traits[dimension] + house.culture[dimension] - load
        return self.rng.random() < 1.0 / (1.0 + exp(-odds))

    def odds(self, share: float) -> bool:
        """Draw a plain coin with the given share of heads."""
        return self.rng.random() < share

    def after(self, start: datetime, low_hours: float, high_hours: float) -> datetime:
        """Return a daytime moment between two delays after ``start``."""
        return by_day(start + timedelta(hours=self.rng.uniform(low_hours, high_hours)), self.rng)

    def say(self, group: str) -> str:
        """Choose a sentence in the customer's language that was not said in this tie lately."""
        lines = self.words.lines(group, self.tie.customer.lang)
        fresh = [line for line in lines if line not in self.tie.said]
        if not fresh:
            self.tie.said.difference_update(lines)
        line = self.rng.choice(fresh or lines)
        self.tie.said.add(line)
        return line

    def note(self, kind: str, at: datetime, text: str | None, **more: Unpack[Details]) -> Entry:
        """Write an event of this encounter, and let the customer feel it.

        Args:
            kind: an event kind of the codebook.
            at: local time; moved behind the event it answers where it would come before.
            text: a sentence with open slots, or None.
            more: further fields of an Entry.
        """
        ref = more.get("ref")
        if ref is not None and at <= ref.at:
            at = ref.at + timedelta(minutes=self.rng.randint(1, 9))
        entry = Entry(at, kind, self.tie.customer.id, self.staff.id, self.tie.house.id)
        for name, value in more.items():
            setattr(entry, name, value)
        entry.text = fill(
            text, entry, self.tie.customer, {"staff": self._staff_name(), **self.slots}
        )
        self.tie.felt += FEELINGS.get(kind, 0.0)
        return self.diary.write(entry)

    def _staff_name(self) -> str:
        return self.staff.names[self.tie.customer.lang]


def fill(text: str | None, entry: Entry, customer: Customer, slots: dict[str, str]) -> str | None:
    """Fill the slots of a sentence.

    Args:
        text: the sentence, or None.
        entry: the event that says it; its due time, or that of the event it answers, is {due}.
        customer: whose language and form of address are used.
        slots: everything else.
    """
    if text is None:
        return None
    lang = customer.lang
    due = entry.speaks_of or entry.due or (entry.ref.due if entry.ref else None)
    said = say_time(due, entry.at, lang) if due else ""
    return text.format(
        due=said, address=customer.address[lang], surname=customer.surname[lang], **slots
    )
