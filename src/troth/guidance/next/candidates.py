"""What may be done for a relationship as it stands, each with its reason."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from troth.content.kinds import codebook
from troth.content.origins import STATED
from troth.guidance.facts import DAY_US, Reason
from troth.guidance.facts_of_events import facts_of_events, reason_of
from troth.guidance.next.action import Action
from troth.guidance.next.budget import answers, contacts_of
from troth.guidance.promises import status_of
from troth.guidance.relationship import taken_back
from troth.people.known import Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from troth.guidance.facts import Fact, Situation
    from troth.guidance.next.action import Standing
    from troth.guidance.next.budget import Contact
    from troth.guidance.standing import Row

#: A message that waits longer has been dealt with where no record shows it.
WAITING_DAYS: Final = 14
#: After so many days, and not after so many more, one asks whether a repair is settled.
CHECK_FROM_DAYS: Final = 2
CHECK_UNTIL_DAYS: Final = 14
#: So long praise is thanked for, and so long it is passed on.
THANK_DAYS: Final = 14
PASS_ON_DAYS: Final = 7
HAND_OVER_DAYS: Final = 14
#: Who likes more updates hears from an open case after so many days.
UPDATE_DAYS: Final = 2
#: Words that close a talk rather than ask for anything.
_CLOSING: Final = frozenset({"thanks", "praise", "solved", "trust", "greeting"})


def stated(situation: Situation, what: str) -> str:
    """What somebody said of themselves and still holds, or ""; nobody else's word counts."""
    at_us, known = situation.told.at_us, situation.person.known
    kept = tuple(row for row in known if row.origin in STATED and row.until_us > at_us)
    wish = Person(kept).wish(what)
    return wish.value if wish else ""


@dataclass(frozen=True)
class Ground:
    """A relationship sorted for choosing.

    Attributes:
        standing: what it was sorted from.
        rows: events that stand, in order of time.
        contacts: the same as contacts.
        facts: what the ledger shows, by name, of a kind the latest first.
    """

    standing: Standing
    rows: list[Row]
    contacts: list[Contact]
    facts: dict[str, list[Fact]]

    @classmethod
    def of(cls, standing: Standing) -> Ground:
        """Sort a relationship."""
        told = standing.situation.rows
        gone, kinds = taken_back(told), codebook()
        rows = [
            row for row in told if row["event_id"] not in gone and not kinds[row["kind"]].retracts
        ]
        facts: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts_of_events(standing.situation):
            facts[fact.name].append(fact)
        return cls(standing, rows, contacts_of(rows, standing.ours), facts)

    @property
    def at_us(self) -> int:
        """The time stood at, microseconds UTC."""
        return self.standing.situation.told.at_us

    def candidates(self) -> Iterator[Action]:
        """What may be done, in no order; peace is left to whoever ranks."""
        yield from self._promises()
        yield from self._repair()
        yield from self._message()
        yield from self._after_repair()
        yield from self._hand_over()
        yield from self._praise()
        yield from self._quiet()

    def _ago(self, t_us: int) -> float:
        return (self.at_us - t_us) / DAY_US

    def _ours_since(self, t_us: int) -> bool:
        return any(not one.theirs and one.t_us > t_us for one in self.contacts)

    def _reaching(self, key: str, why: Reason, heard_us: int | None = None) -> Action:
        """An action that reaches out, unless it answers what they just said."""
        return Action(key, why, spends=not answers(heard_us, self.at_us))

    def _promises(self) -> Iterator[Action]:
        """Of each sort the one due first."""
        seen = set()
        names = {"overdue": "call_late", "due_today": "call_before", "due_soon": "keep_promise"}
        for fact in self.facts["promise_open"]:
            why = fact.reason
            due = why.t_us if why.how == "promise" else None
            key = names.get(status_of(due, self.at_us, self.standing.situation.zone))
            if key is not None and key not in seen:
                seen.add(key)
                yield Action(key, why, self.at_us if key == "call_late" else due)

    def _repair(self) -> Iterator[Action]:
        again, steps = self.facts["complaint_reopened"], self.facts["repair_next"]
        if again:
            yield Action("repair_owner", again[0].reason, self.at_us)
        if steps:
            yield Action(f"repair_{steps[0].value}", steps[0].reason, self.at_us)
            since = max((one.t_us for one in self.contacts if not one.theirs), default=0)
            anxious = stated(self.standing.situation, "attachment") == "anxious"
            if anxious and self._ago(since) > UPDATE_DAYS:
                yield Action("update_case", steps[0].reason, self.at_us)

    def _message(self) -> Iterator[Action]:
        """Their latest message, where nobody has answered and it does not just say thanks."""
        last = next((one for one in reversed(self.rows) if self._is_theirs(one)), None)
        if last is None or self._ago(last["t_us"]) > WAITING_DAYS or not last["text"]:
            return
        read = [m for m in self.standing.situation.messages if m.event_id == last["event_id"]]
        acts = {act for message in read for act, _ in message.acts}
        if (acts and acts <= _CLOSING) or self._ours_since(last["t_us"]):
            return
        yield Action("answer_message", reason_of(last, "unanswered"), self.at_us)

    def _is_theirs(self, row: Row) -> bool:
        return row["kind"] == "message" and row["event_id"] not in self.standing.ours

    def _after_repair(self) -> Iterator[Action]:
        kinds = codebook()
        closed = [row for row in self.rows if kinds[row["kind"]].closes]
        if not closed or self.standing.situation.waiting:
            return
        last = closed[-1]
        ago = self._ago(last["t_us"])
        spoken = any(one.t_us > last["t_us"] for one in self.contacts)
        if CHECK_FROM_DAYS <= ago <= CHECK_UNTIL_DAYS and not spoken:
            yield self._reaching("check_back", reason_of(last))

    def _hand_over(self) -> Iterator[Action]:
        for fact in self.facts["handed_over"]:
            at = fact.reason.t_us or 0
            if self._ago(at) <= HAND_OVER_DAYS and not self._ours_since(at):
                yield Action("read_hand_over", fact.reason, self.at_us)

    def _praise(self) -> Iterator[Action]:
        if not self.facts["praise"]:
            return
        why = self.facts["praise"][0].reason
        at, me = why.t_us or 0, self.standing.situation.me
        if self._ago(at) <= THANK_DAYS and not self._ours_since(at):
            yield self._reaching("thank_praise", why, at)
        passed = any(
            row["kind"] == "praise_passed_on" and row["ref"] == why.event_id for row in self.rows
        )
        somebody = why.by not in ("", me, self.standing.situation.told.trustee)
        if self._ago(at) <= PASS_ON_DAYS and why.text and somebody and not passed:
            yield Action("pass_praise_on", why)

    def _quiet(self) -> Iterator[Action]:
        now: Any = self.standing.situation
        if now.quiet:
            yield self._reaching("keep_in_touch", Reason("quiet", t_us=now.told.last_us))
        unknown = not (now.wishes or now.person.notes or now.person.known)
        if now.told.stage == "understanding" and unknown and not now.waiting:
            why = next((fact.reason for fact in self.facts["stage"]), Reason("stage"))
            yield self._reaching("ask_need", why)
