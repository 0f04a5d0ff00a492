"""A desk's life by chance: what people record, take back, overrule, undo, merge and split, in any order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from hypothesis import strategies as st

from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor
from troth.web.ledger.actions.merges import merge_parties, split_party
from troth.web.ledger.actions.overrule import overrule_event, take_back
from troth.web.ledger.imports import undo_batch
from troth.web.ledger.models import Batch, Event
from troth.web.ledger.record import record_events
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.web.conftest import Desk

DAY_US = 86_400_000_000
CUSTOMERS = ("guest:chen", "guest:benbow", "shopper:zhao", "guest:new")
STAFF = ("staff:li", "staff:wang", "staff:sun", "hotel", "team:front")
HOUSES = ("hotel", "shop", None)
OPENING = ("promise_made", "promise_renegotiated", "message", "survey", "complaint_opened",
           "promise_broken", "return", "preference_missed", "observation", "kept_waiting", "thanks",
           "hand_over_dropped")  # fmt: skip
ANSWERING = ("promise_kept", "promise_broken", "promise_renegotiated", "apology", "compensation",
             "complaint_answered", "complaint_resolved", "complaint_reopened", "correction",
             "explanation", "staff_answer", "complaint_opened")  # fmt: skip

whole = st.integers(0, 40)


@st.composite
def rows(draw: Any) -> dict[str, Any]:
    """An event to be recorded; ``answers`` counts back from the newest in order of arrival."""
    inside = draw(st.integers(0, 9)) == 0
    trustee = draw(st.sampled_from(STAFF))
    return {
        "truster": draw(st.sampled_from(STAFF[:3] if inside else CUSTOMERS)),
        "trustee": trustee,
        "organisation": draw(st.sampled_from(HOUSES)),
        "days": draw(st.integers(0, 60)),
        "answers": draw(st.none() | st.integers(0, 6)),
        "opening": draw(st.sampled_from(OPENING)),
        "answering": draw(st.sampled_from(ANSWERING)),
        "outcome": draw(st.sampled_from((0.0, 0.3, 1.0))),
        "weight": draw(st.sampled_from((None, None, 0.0, 2.5))),
        "due": draw(st.none() | st.integers(-5, 30)),
        "own": draw(st.integers(0, 4)),
    }


steps = st.one_of(
    st.tuples(st.just("record"), st.lists(rows(), min_size=1, max_size=6)),
    st.tuples(st.just("record"), st.lists(rows(), min_size=1, max_size=3)),
    st.tuples(st.just("batch"), st.lists(rows(), min_size=1, max_size=5)),
    st.tuples(st.just("take_back"), whole),
    st.tuples(st.just("overrule"), whole, st.sampled_from((0.0, 0.4, 1.0))),
    st.tuples(st.just("undo"), whole),
    st.tuples(st.just("merge"), whole, whole),
    st.tuples(st.just("split"), whole),
    st.tuples(st.just("wait"), st.integers(1, 20)),
)
lives = st.lists(steps, min_size=2, max_size=12)


@dataclass
class Life:
    """A desk and what was told to it.

    Attributes:
        desk: the desk.
        now_us: its clock.
        told: ids acknowledged, in order of arrival.
        when: time of each.
        whose: truster, trustee and organisation of each, as told.
        sent: how many rows were sent so far.
    """

    desk: Desk
    now_us: int
    told: list[str] = field(default_factory=list)
    when: dict[str, int] = field(default_factory=dict)
    whose: dict[str, tuple[str, str, str | None]] = field(default_factory=dict)
    sent: int = 0

    @property
    def actor(self) -> Actor:
        """An admin, now."""
        return Actor(self.desk.users["admin"], "page", self.now_us)

    def live(self, steps: list[tuple[Any, ...]]) -> None:
        """Take every step; what the desk refuses changes nothing."""
        for name, *told in steps:
            deed: Callable[..., None] = getattr(self, f"_{name}")
            before = Event.objects.count()
            try:
                with transaction.atomic():
                    deed(*told)
            except RefusedError:
                assert Event.objects.count() == before

    def _event(self, place: int) -> Event | None:
        names = self.told
        if not names:
            return None
        of = Event.objects.select_related("truster", "trustee", "organisation")
        return of.get(event_id=names[place % len(names)])

    def _shaped(self, told: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Rows as they are sent: an answer names an event of its own time or before."""
        made: list[dict[str, Any]] = []
        for one in told:
            self.sent += 1
            name = f"x{self.sent:04d}"
            t_us = self.now_us - one["days"] * DAY_US
            whose = (one["truster"], one["trustee"], one["organisation"])
            row = {"event_id": name, "t_us": t_us, "kind": one["opening"]}
            answered = self._answered(one["answers"], t_us)
            if answered is not None:
                row |= {"kind": one["answering"], "ref": answered}
                # Mostly people answer what is theirs; now and then an answer comes from elsewhere.
                whose = self.whose[answered] if one["own"] else whose
            row |= dict(zip(("truster", "trustee", "organisation"), whose, strict=True))
            if row["kind"] in ("survey", "observation"):
                row["outcome"] = one["outcome"]
            if one["weight"] is not None:
                row["weight"] = one["weight"]
            if row["kind"] in ("promise_made", "promise_renegotiated") and one["due"] is not None:
                row["due_us"] = self.now_us + one["due"] * DAY_US
            self.when[name], self.whose[name] = t_us, whose
            made.append(row)
        return made

    def _answered(self, back: int | None, t_us: int) -> str | None:
        fitting = [name for name, then in self.when.items() if then <= t_us]
        return None if back is None or not fitting else fitting[-1 - back % len(fitting)]

    def _record(self, told: list[dict[str, Any]], batch: int | None = None) -> None:
        made = self._shaped(told)
        recorded = record_events(self.actor, made, batch=batch)
        assert recorded.repeated == 0
        refused = {made[row - 1]["event_id"] for row in recorded.rejected["row"].to_pylist()}
        assert {*recorded.taken, *refused} == {row["event_id"] for row in made}
        for name in refused:
            del self.when[name], self.whose[name]
        self.told += recorded.taken

    def _batch(self, told: list[dict[str, Any]]) -> None:
        state = Batch.State.DONE
        batch = Batch.objects.create(
            name="file", source="file", state=state, started_us=self.now_us
        )
        self._record(told, batch.pk)

    def _kept(self, name: str) -> None:
        event = Event.objects.select_related("truster", "trustee", "organisation").get(
            event_id=name
        )
        self.told.append(name)
        self.when[name] = event.t_us
        house = event.organisation.key if event.organisation else None
        self.whose[name] = (event.truster.key, event.trustee.key, house)

    def _new(self, before: int) -> None:
        """Take note of what a deed recorded."""
        rows = Event.objects.filter(pk__gt=before).order_by("pk")
        for name in rows.values_list("event_id", flat=True):
            self._kept(name)

    def _deed(self, act: Callable[[], object]) -> None:
        last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        act()
        self._new(last)

    def _take_back(self, place: int) -> None:
        event = self._event(place)
        if event is not None:
            self._deed(lambda: take_back(self.actor, event, "it was another guest"))

    def _overrule(self, place: int, outcome: float) -> None:
        event = self._event(place)
        if event is not None:
            self._deed(lambda: overrule_event(self.actor, event, outcome, "seen by a colleague"))

    def _undo(self, place: int) -> None:
        batches = list(Batch.objects.order_by("pk"))
        if batches:
            batch = batches[place % len(batches)]
            self._deed(lambda: undo_batch(self.actor, batch))

    def _merge(self, one: int, two: int) -> None:
        people = list(Party.objects.filter(key__in=(*CUSTOMERS, *STAFF[:3])).order_by("pk"))
        keep, other = people[one % len(people)], people[two % len(people)]
        self._deed(lambda: merge_parties(self.actor, keep=keep, other=other, reason="same phone"))

    def _split(self, place: int) -> None:
        merged = list(Party.objects.filter(merged_into__isnull=False).order_by("pk"))
        if merged:
            party = merged[place % len(merged)]
            self._deed(lambda: split_party(self.actor, party, "two phones after all"))

    def _wait(self, days: int) -> None:
        self.now_us += days * DAY_US
