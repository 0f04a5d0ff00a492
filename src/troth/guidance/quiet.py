"""Relationships that fell silent beyond their own rhythm; silence alone never means harm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from troth.content.kinds import contact_kinds
from troth.guidance.relationship import trusted_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.guidance.standing import Row
    from troth.types import IntArray

#: Beyond so many of their own usual gaps, and at least so many days.
GAPS: Final = 3.0
DAYS: Final = 30.0
#: A relationship counts from this stage on, or with so much evidence.
STAGES: Final = ("building", "maintenance")
EVIDENCE: Final = 6.0
#: Fewer days of contact show no rhythm.
FEWEST_DAYS: Final = 3
#: A visit and what follows it (a survey, say) is one encounter: longer pauses set the rhythm.
PAUSE_DAYS: Final = 7
_DAY_US: Final = 86_400_000_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Quiet:
    """A relationship that fell silent.

    Attributes:
        truster: who has not been in touch.
        trustee: the house (or party) trusted.
        last_us: the last contact, microseconds UTC.
        silence_days: since then.
        usual_days: their own usual pause between encounters.
        probability: the belief now.
        evidence: what it rests on.
        action: key of a phrase.
    """

    truster: str
    trustee: str
    last_us: int
    silence_days: float
    usual_days: float
    probability: float
    evidence: float
    action: str = "today.quiet_contact"


def quiet_relationships(
    events: pa.Table, now: Sequence[Row], at_us: int, zone: tzinfo
) -> list[Quiet]:
    """List the relationships that fell silent.

    Args:
        events: the ledger's table.
        now: rows of the score table at level house or pair, at ``at_us``.
        at_us: microseconds UTC.
        zone: the house's zone; several events of one day are one contact.

    Returns:
        Most trust to lose first: probability times evidence.
    """
    known = [
        row
        for row in now
        if row["enough"] and (row["stage"] in STAGES or row["evidence"] >= EVIDENCE)
    ]
    silent = [row for row in known if at_us - _microseconds(row["last_event"]) > DAYS * _DAY_US]
    times = _contacts(events, silent, at_us)
    found = []
    for row in silent:
        who = (row["truster"], trusted_in(row))
        seen = times.get(who)
        if seen is None:
            continue
        days = np.unique((seen + _offset_us(at_us, zone)) // _DAY_US)
        silence = (at_us - int(seen[-1])) / _DAY_US
        if days.size < FEWEST_DAYS or silence <= DAYS:
            continue
        usual = usual_pause(days)
        if silence > GAPS * usual:
            found.append(
                Quiet(*who, int(seen[-1]), silence, usual, row["probability"], row["evidence"])
            )
    return sorted(
        found, key=lambda told: (-told.probability * told.evidence, told.truster, told.trustee)
    )


def usual_pause(days: IntArray) -> float:
    """Median pause between encounters, in days.

    Args:
        days: (n ≥ 2,) distinct days of contact, ascending.

    >>> usual_pause(np.array([0, 1, 2, 40, 41, 80]))
    38.5
    """
    gaps = np.diff(days)
    pauses = gaps[gaps > PAUSE_DAYS]
    return float(np.median(pauses if pauses.size >= FEWEST_DAYS - 1 else gaps))


def _contacts(events: pa.Table, rows: Sequence[Row], at_us: int) -> dict[tuple[str, str], IntArray]:
    """Times of contact of each relationship in ``rows``, ascending."""
    trusters = pa.array({row["truster"] for row in rows}, pa.string())
    truster = pc.cast(events["truster"], pa.string())
    known = pc.and_(
        pc.is_in(truster, value_set=trusters), pc.less(events["t_us"], pa.scalar(at_us))
    )
    kinds = pa.array(sorted(contact_kinds()), pa.string())
    known = pc.and_(known, pc.is_in(pc.cast(events["kind"], pa.string()), value_set=kinds))
    kept = events.select(["t_us", "truster", "trustee", "organisation"]).filter(known)
    found: dict[tuple[str, str], list[int]] = {
        (row["truster"], trusted_in(row)): [] for row in rows
    }
    for event in kept.to_pylist():
        for trustee in {event["trustee"], event["organisation"]}:
            if (event["truster"], trustee) in found:
                found[event["truster"], trustee].append(event["t_us"])
    return {who: np.sort(np.array(times)) for who, times in found.items() if times}


def _offset_us(at_us: int, zone: tzinfo) -> int:
    """How far the zone's clocks are ahead of UTC; an hour's change in the year moves no rhythm."""
    offset = (_EPOCH + timedelta(microseconds=at_us)).astimezone(zone).utcoffset()
    return 0 if offset is None else int(offset.total_seconds()) * 1_000_000


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)
