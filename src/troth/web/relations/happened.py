"""All that happened, as the desk lists it: with readings, reasons and answers beside each event."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from troth.pages.pieces import Piece, pieces
from troth.pages.sums import hundredths_of
from troth.pages.timeline import Entry, entries_of
from troth.pages.words import hundredths
from troth.web.accounts.access import may
from troth.web.ledger.models import Words as Said
from troth.web.ledger.rows import retracting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.guidance.standing import Row
    from troth.pages.words import Words
    from troth.web.relations.opened import Opened

PAGE: Final = 50
ANSWER: Final = "staff_answer"
READING: Final = "reading"


@dataclass(frozen=True)
class Beside:
    """What stands beside an event: a correction, an answer, or what was read from its words.

    Attributes:
        place: of its own row, which names its anchor.
        kind: what it is called.
        moment: when.
        text: its words.
        phi: what it adds, or "".
        side: ``good``, ``bad`` or ``still``.
    """

    place: int
    kind: str
    moment: str
    text: str
    phi: str = ""
    side: str = "still"


@dataclass(frozen=True)
class Lived:
    """One event of the list.

    Attributes:
        entry: as pages tell it.
        panel: address of the forms for correcting or answering it; "" where the reader may do neither.
        pieces: its words, cut where they do something.
        origin: how it came into the ledger.
        struck: whether it was taken back.
        links: (address, sentence) of the events it answers and that answer it.
        replaces: address of the event that this one stands for now, or "".
        read: what was read from its words.
        reasons: corrections, with their reasons.
        answers: what the member of staff concerned says.
    """

    entry: Entry
    panel: str
    pieces: list[Piece]
    origin: str
    struck: bool
    links: list[tuple[str, str]]
    replaces: str = ""
    read: list[Beside] = field(default_factory=list)
    reasons: list[Beside] = field(default_factory=list)
    answers: list[Beside] = field(default_factory=list)


class History:
    """The list of a relationship's events, a page at a time."""

    def __init__(self, opened: Opened, before: int | None = None, to: int | None = None) -> None:
        self.opened = opened
        relationship = opened.relationship
        self.base = reverse(
            "relations:page", args=(relationship.truster_id, relationship.trusted_id)
        )
        self.rules = may(opened.user, "overrule")
        self.rows: Sequence[Row] = opened.told.rows
        self.place = {row["event_id"]: i for i, row in enumerate(self.rows)}
        self.beside: dict[int, list[int]] = defaultdict(list)
        listed = []
        for i in range(len(self.rows)):
            root = self._root(i)
            if root == i:
                listed.append(i)
            else:
                self.beside[root].append(i)
        listed.reverse()
        if before is not None:
            listed = [i for i in listed if i < before]
        most = PAGE
        if to is not None and to < len(self.rows):
            most = max(most, sum(i >= self._root(to) for i in listed))
        self.shown, self.left = listed[:most], len(listed) - len(listed[:most])
        self.anchored = {*self.shown, *(j for i in self.shown for j in self.beside[i])}

    @property
    def next(self) -> int:
        """Place before which the next page begins."""
        return self.shown[-1] if self.shown else 0

    def _root(self, place: int) -> int:
        """The event beside which a row stands: itself, unless it corrects, answers or reads another."""
        aside = retracting()
        while True:
            row = self.rows[place]
            stands_aside = row["kind"] in aside or row["kind"] == ANSWER or _is_reading(row)
            target = self.place.get(row["ref"] or "")
            if not stands_aside or target is None or target == place:
                return place
            place = target

    def address(self, place: int | None) -> str:
        """Where an event is found from this page; "" for none."""
        if place is None:
            return ""
        return f"#e-{place}" if place in self.anchored else f"?to={place}#e-{place}"

    def lived(self) -> list[Lived]:
        """The events of this page, newest first."""
        told, words = self.opened.view.told, self.opened.words
        entries = entries_of(told, self.rows, words, self.shown)
        said = self._said()
        phi = {c.event_id: c.phi for c in told.contributions if c.own}
        return [self._lived(entry, said.get(self._number(entry)), phi) for entry in entries]

    def _number(self, entry: Entry) -> int:
        return int(self.rows[entry.number]["number"])

    def _said(self) -> dict[int, Said]:
        numbers = [self.rows[i]["number"] for i in self.shown]
        rows = Said.objects.filter(event_id__in=numbers).only("event_id", "extras", "reading")
        return {row.event_id: row for row in rows}

    def _lived(self, entry: Entry, said: Said | None, phi: dict[str, float]) -> Lived:
        row, words = self.rows[entry.number], self.opened.words
        reading: dict[str, Any] = (said.reading if said else None) or {}
        extras: dict[str, Any] = (said.extras if said else None) or {}
        may_act = self.rules or self.opened.user.party_id == int(row["trustee"])
        kept: dict[str, list[Beside]] = {"read": [], "reasons": [], "answers": []}
        for i in self.beside[entry.number]:
            other = self.rows[i]
            part = "answers" if other["kind"] == ANSWER else "reasons"
            part = "read" if _is_reading(other) else part
            kept[part].append(self._beside(i, phi.get(other["event_id"], 0.0)))
        apart = set(self.beside[entry.number])
        links = [(self.address(i), words.start(s)) for i, s in entry.links if i not in apart]
        return Lived(
            entry=entry, panel=f"{self.base}events/{row['number']}/" if may_act else "",
            pieces=pieces(row["text"] or "", reading.get("acts", ()), words),
            origin=origin_of(row["source"] or "", words),
            struck=words.say("explain.events.taken_back") in entry.notes,
            links=links, replaces=self.address(self.place.get(extras.get("replaces", ""))), **kept,
        )  # fmt: skip

    def _beside(self, place: int, phi: float) -> Beside:
        row, words = self.rows[place], self.opened.words
        value = hundredths_of(phi) if self.opened.view.told.enough else 0
        return Beside(
            place, words.start(words.kind(row["kind"])), words.moment(row["t_us"]),
            words.quote(row["text"]), hundredths(value) if value else "",
            "good" if phi > 0 else "bad" if phi < 0 else "still",
        )  # fmt: skip


def _is_reading(row: Row) -> bool:
    return (row["source"] or "").startswith(READING)


def origin_of(source: str, words: Words) -> str:
    """How an event came into the ledger, as people say it."""
    if source == "desk:overrule":
        return words.say("relations.from.overruled")
    if source.startswith("desk"):
        return words.say("relations.from.desk")
    if source.startswith(READING):
        return words.say("relations.from.reading")
    if source == "demo":
        return words.say("relations.from.demo")
    return words.say("relations.from.import", name=source) if source else ""
