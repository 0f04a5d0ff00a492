"""Soft evidence: what a reading says about trust, as events for the ledger.

Rules and reasons: decision 0017.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from troth.content.acts import acts
from troth.content.reader_reliability import SATISFACTION, reliability
from troth.reading.schema import CUSTOMER, GRADES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from troth.content.acts import Says
    from troth.reading.schema import ActSpan, Dialogue, DialogueReading, Turn, TurnReading

#: Who stands in where a line names nobody.
STAFF_UNNAMED: Final = "staff"
HOUSE_UNNAMED: Final = "house"
#: Weight of a forecast that is sure, by a reader that never errs.
FORECAST_WEIGHT: Final = 0.5
#: The same said again in one dialogue counts this share of the time before.
AGAIN: Final = 0.5
#: Of a hurt that the customer later in the dialogue says is made good, this share stays; as much as
#: `complaint_resolved` leaves of a complaint on record.
LEFT_WHEN_SOLVED: Final = 0.5
#: Less than this is not worth a row.
LEAST_WEIGHT: Final = 0.001
#: Figures are kept to this many decimals, so that machines agree on a row to the last sign.
_DECIMALS: Final = 4
_FIRST_DAY: Final = datetime(1970, 1, 1, tzinfo=UTC)
_EVEN: Final = {"ability": 0.25, "reliability": 0.25, "integrity": 0.25, "benevolence": 0.25}


@dataclass(frozen=True, slots=True)
class _Said:
    """What a turn says about trust: an act, or what the whole dialogue is forecast to come to."""

    turn: int
    group: str
    what: str
    outcome: float
    weight: float
    loadings: dict[str, float]
    words: str


def soft_events(
    reading: DialogueReading, dialogue: Dialogue, *, with_words: bool = False
) -> list[dict[str, Any]]:
    """What a dialogue says about the customer's trust in staff.

    Of one message each group of acts counts once, by its heaviest; of one dialogue a group counts half
    as much each further time, and a hurt half as much where the customer is glad later. Weights are
    scaled by the wording's strength and by the reader's measured reliability. The forecast adds only
    what it weighs above all acts together.

    Args:
        reading: of the dialogue.
        dialogue: as it was read. Where it names no customer its id stands in for one, and ``staff`` and
            ``house`` for the others.
        with_words: whether to copy the words that show an act.

    Returns:
        Rows for ``troth.read_events`` in order of turns, of kind ``message``, with ``source``
        ``reading:<version>`` and the extra columns ``act``, ``dialogue`` and ``turn`` (counted from 0).
        The id of a row follows from the dialogue's id, the turn and the group, so that another
        reading of the same dialogue brings no new rows.

    Raises:
        ValueError: the reading is of other turns.

    Source:
        Our choice, decision 0017.
    """
    said = _acts_said(reading, dialogue)
    said += _forecast_said(reading, sum(each.weight for each in said))
    times = times_of(dialogue.turns)
    parties = _parties(dialogue)
    source = f"reading:{reading.reader.get('version', '')}"
    return [
        {
            "event_id": _id_of(dialogue.id, each),
            "at": times[each.turn].isoformat(timespec="microseconds"),
            **parties,
            "kind": "message",
            "outcome": each.outcome,
            "weight": each.weight,
            **each.loadings,
            **({"text": each.words} if with_words and each.words else {}),
            "source": source,
            "act": each.what,
            "dialogue": dialogue.id,
            "turn": str(each.turn),
        }
        for each in said
    ]


def is_timed(dialogue: Dialogue) -> bool:
    """Whether any turn's time is known; else the rows stand on an ordinal clock."""
    return any(turn.at for turn in dialogue.turns)


def times_of(turns: Sequence[Turn]) -> list[datetime]:
    """A time for every turn, UTC.

    A turn without one comes a microsecond after the turn before it, or before the one after it.
    Where no turn has one the clock is ordinal: the first turn on 1970-01-01, each next a day later,
    which orders them and puts them too long ago to be taken for dated events.

    Args:
        turns: in order.

    Returns:
        One a turn.
    """
    first = next((i for i, turn in enumerate(turns) if turn.at), None)
    if first is None:
        return [_FIRST_DAY + timedelta(days=i) for i in range(len(turns))]
    start = turns[first].at
    assert start is not None
    at = start.astimezone(UTC) - timedelta(microseconds=first + 1)
    times = []
    for turn in turns:
        at = turn.at.astimezone(UTC) if turn.at else at + timedelta(microseconds=1)
        times.append(at)
    return times


def _acts_said(reading: DialogueReading, dialogue: Dialogue) -> list[_Said]:
    """The heaviest act of each group and turn, for less where the group has spoken or hurt was mended."""
    every = [
        each
        for place, (turn, read) in enumerate(zip(dialogue.turns, reading.turns, strict=True))
        for each in _heaviest(place, turn, read, reading)
    ]
    glad = max((each.turn for each in every if each.group == "glad"), default=-1)
    spoken: dict[str, int] = {}
    kept = []
    for each in every:
        times = spoken[each.group] = spoken.get(each.group, -1) + 1
        mended = each.group == "hurt" and each.turn < glad
        share = AGAIN**times * (LEFT_WHEN_SOLVED if mended else 1.0)
        weight = round(each.weight * share, _DECIMALS)
        if weight >= LEAST_WEIGHT:
            kept.append(replace(each, weight=weight))
    return kept


def _heaviest(
    place: int, turn: Turn, read: TurnReading, reading: DialogueReading
) -> Iterable[_Said]:
    """Of one turn, the heaviest act of each group."""
    heaviest: dict[str, _Said] = {}
    for found, says in _telling(read, turn.speaker):
        share = _share(reading, (found.act, says.group), read.language)
        weight = says.weight * found.strength * share
        best = heaviest.get(says.group)
        if weight > (best.weight if best else 0.0):
            heaviest[says.group] = _Said(
                place, says.group, found.act, says.outcome, weight, says.loadings, found.text
            )
    return heaviest.values()


def _telling(read: TurnReading, speaker: str) -> Iterator[tuple[ActSpan, Says]]:
    """The acts of a turn that say something about trust, where the reader does not doubt them."""
    if "acts" in read.unsure:
        return
    for found in read.acts:
        act = acts()[found.act]
        if act.evidence is not None and speaker in act.sides:
            yield found, act.evidence


def _forecast_said(reading: DialogueReading, told: float) -> list[_Said]:
    """What the forecast weighs above what the acts have told already."""
    if not reading.turns or SATISFACTION in reading.turns[-1].unsure:
        return []
    languages = {read.language for read in reading.turns} - {"none", "other"}
    language = languages.pop() if len(languages) == 1 else "mixed" if languages else "none"
    share = _share(reading, (SATISFACTION,), language)
    shares = [reading.satisfaction[grade] for grade in GRADES]
    weight = round(FORECAST_WEIGHT * share * sureness(shares) - told, _DECIMALS)
    if weight < LEAST_WEIGHT:
        return []
    top = len(GRADES) - 1
    outcome = round(sum(i * p for i, p in enumerate(shares)) / top, _DECIMALS)
    last = len(reading.turns) - 1
    return [_Said(last, SATISFACTION, SATISFACTION, min(outcome, 1.0), weight, _EVEN, "")]


def sureness(shares: Sequence[float]) -> float:
    """How far a distribution is from saying nothing: 0 where it is even, 1 where it names one grade.

    >>> sureness([0.2] * 5), sureness([0, 0, 0, 0, 1.0])
    (0.0, 1.0)
    """
    entropy = -sum(p * math.log(p) for p in shares if p > 0)
    return min(max(0.0, round(1 - entropy / math.log(len(shares)), 9)), 1.0)


def _share(reading: DialogueReading, names: tuple[str, ...], language: str) -> float:
    """How far to believe the reader; figures hold only for the reader that they were taken of."""
    table = reliability()
    opinion = reading.reader.get("second_opinion") or {}
    measured = reading.reader.get("weights") == table.weights and not opinion.get("used")
    return table.share(names if measured else (), language)


def _parties(dialogue: Dialogue) -> dict[str, str]:
    staff = dialogue.staff or STAFF_UNNAMED
    customer = dialogue.customer or dialogue.id
    if (
        customer == staff
    ):  # one of them is a stand-in, as lines that name the same twice are refused
        customer = f"{CUSTOMER} {customer}"
    return {
        "truster": customer,
        "trustee": staff,
        "organisation": dialogue.organisation or HOUSE_UNNAMED,
    }


def _id_of(dialogue: str, said: _Said) -> str:
    name = json.dumps([dialogue, said.turn, said.group])
    return "reading-" + hashlib.blake2b(name.encode(), digest_size=12).hexdigest()
