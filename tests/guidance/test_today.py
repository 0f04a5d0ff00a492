"""The day's list: what is in it, in which order, with what to do next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from troth.guidance.today import Today, todays_list
from troth.ledger.read import read_events

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 19, 9, 30, tzinfo=SHANGHAI)
NOW_US = int(NOW.timestamp()) * 1_000_000


def event(event_id: str, ago: float, kind: str, **more: Any) -> dict[str, Any]:
    """One event, so many days ago."""
    at = (NOW - timedelta(days=ago)).isoformat()
    base: dict[str, Any] = {"event_id": event_id, "at": at, "kind": kind, "truster": "guest:a"}
    base |= {"trustee": "staff:b", "organisation": "hotel:h"}
    base |= dict.fromkeys(("outcome", "ref", "due", "text"))
    return base | more


def standing(truster: str = "guest:a", ago: float = 1.0, **more: Any) -> dict[str, Any]:
    """One row of the score table."""
    last = (NOW - timedelta(days=ago)).astimezone(UTC)
    base: dict[str, Any] = {"truster": truster, "organisation": "hotel:h", "last_event": last}
    base |= {"probability": 0.7, "enough": True, "evidence": 9.0, "trend": 0.0}
    base |= {"stage": "understanding", "repair": False}
    base |= dict.fromkeys(("reason_1", "reason_2", "reason_3"))
    return base | more


def listed(events: list[dict[str, Any]], now: list[dict[str, Any]], **more: Any) -> Today:
    """The list of that morning."""
    reading = read_events(pa.Table.from_pylist(events), now_us=NOW_US)
    assert reading.rejected.num_rows == 0
    return todays_list(reading.events.table, now, NOW_US, SHANGHAI, **more)


def due(hours: float) -> str:
    """So many hours from now."""
    return (NOW + timedelta(hours=hours)).isoformat()


def test_promises_come_late_ones_first() -> None:
    """The longest late, then today's by the hour, then those of two more days; no later ones."""
    today = listed(
        [
            event("soon", 3, "promise_made", due=due(30)),
            event("today", 3, "promise_made", due=due(5)),
            event("late", 3, "promise_made", due=due(-1)),
            event("later", 3, "promise_made", due=due(300)),
            event("latest", 3, "promise_made", due=due(-30)),
            event("moved", 2, "promise_renegotiated", ref="latest", due=due(-20)),
        ],
        [],
    )
    told = [(item.promise.event_id, item.action) for item in today.promises]
    assert told == [
        ("latest", "today.promise_moved"),
        ("late", "today.promise_overdue"),
        ("today", "today.promise_today"),
        ("soon", "today.promise_soon"),
    ]


def test_repairs_nobody_answered_come_first() -> None:
    """Then the one that waited longest; the next action follows what was done so far."""
    people = {name: {"truster": f"guest:{name}"} for name in "vwxyz"}
    today = listed(
        [
            event("answered", 9, "complaint_opened", **people["v"]),
            event("a", 8, "complaint_answered", ref="answered", **people["v"]),
            event("apologised", 7, "complaint_opened", **people["w"]),
            event("b", 6, "apology", ref="apologised", **people["w"]),
            event("promised", 5, "complaint_opened", **people["x"]),
            event("c", 4, "promise_made", ref="promised", due=due(9), **people["x"]),
            event("late", 4, "complaint_opened", **people["y"]),
            event("d", 3, "promise_made", ref="late", due=due(-9), **people["y"]),
            event("untouched", 1, "promise_broken", **people["z"]),
        ],
        [],
    )
    assert [(item.breach.event_id, item.action) for item in today.repairs] == [
        ("untouched", "today.repair_unanswered"),
        ("answered", "today.repair_answered"),
        ("apologised", "today.repair_apologised"),
        ("promised", "today.repair_promised"),
        ("late", "today.repair_late"),
    ]


FALL = [
    event("old", 50, "promise_broken", text="long ago"),
    event("settled", 49, "complaint_resolved", ref="old"),
    event("mild", 4, "survey", outcome=0.7, text="hm"),
    event("worse", 3, "survey", outcome=0.0, text="三百块不要紧，当面说瞎话要紧。"),
    event("good", 2, "survey", outcome=1.0, text="thanks"),
]


def test_a_fall_names_the_event_that_did_it() -> None:
    """The largest harm of the last 30 days, with its sentence; older harm did not do it."""
    today = listed(FALL, [standing(trend=-0.1)])
    assert [item.cause.event_id for item in today.falling if item.cause] == ["worse"]
    assert today.falling[0].cause is not None
    assert today.falling[0].cause.text == "三百块不要紧，当面说瞎话要紧。"
    assert today.falling[0].action == "today.falling_cause"


def test_the_table_or_an_explanation_may_name_another_cause() -> None:
    """Reasons know decay and weights that a single row does not."""
    by_table = listed(FALL, [standing(trend=-0.1, reason_2="survey mild -0.82")])
    assert by_table.falling[0].cause is not None
    assert by_table.falling[0].cause.event_id == "mild"

    def explain(truster: str, trustee: str) -> Any:
        assert (truster, trustee) == ("guest:a", "hotel:h")
        parts = [("mild", -0.9), ("worse", -0.2), ("old", -3.0)]
        return SimpleNamespace(
            contributions=[SimpleNamespace(event_id=name, phi=phi) for name, phi in parts]
        )

    by_explanation = listed(FALL, [standing(trend=-0.1)], explain=explain)
    assert by_explanation.falling[0].cause is not None
    assert by_explanation.falling[0].cause.event_id == "mild"


def test_only_falls_that_are_known_and_large_enough_count() -> None:
    """Worst first; slight falls and thin evidence are left out, and so are a house's own people."""
    served = [event(f"{n}", 5 + n, "survey", truster=f"guest:{n}", outcome=0.5) for n in range(20)]
    staff = event("s", 1, "observation", truster="staff:b", trustee="team:h", outcome=0.1)
    rows = [
        standing("guest:1", trend=-0.03),
        standing("guest:2", trend=-0.2),
        standing("guest:3", trend=-0.01),
        standing("guest:4", trend=-0.5, enough=False),
        standing("staff:b", trend=-0.5),
    ]
    today = listed([*served, staff], rows)
    assert [item.truster for item in today.falling] == ["guest:2", "guest:1"]


def test_a_fall_without_a_recent_hurt_has_only_faded() -> None:
    """No cause is made up."""
    today = listed([event("g", 60, "promise_kept")], [standing(trend=-0.05)])
    assert today.falling[0].cause is None
    assert today.falling[0].action == "today.falling_faded"


def test_silence_counts_beyond_a_persons_own_rhythm() -> None:
    """Three times their usual pause and over thirty days; visits of one day are one."""
    monthly = [event(f"m{n}", 40 + 15 * n, "contact", truster="guest:often") for n in range(6)]
    monthly += [
        event(f"n{n}", 40.01 + 15 * n, "delivery", truster="guest:often", outcome=1.0)
        for n in range(6)
    ]
    yearly = [event(f"y{n}", 90 + 150 * n, "contact", truster="guest:rarely") for n in range(4)]
    rows = [standing("guest:often", ago=40), standing("guest:rarely", ago=90)]
    assert listed([*monthly, *yearly], rows).quiet == ()
    later = [
        row | {"at": (datetime.fromisoformat(row["at"]) - timedelta(days=20)).isoformat()}
        for row in monthly
    ]
    rows[0] = standing("guest:often", ago=60)
    quiet = listed([*later, *yearly], rows).quiet
    assert [item.truster for item in quiet] == ["guest:often"]
    assert 14 <= quiet[0].usual_days <= 16
    assert 59 <= quiet[0].silence_days <= 61
    thin = [row | {"evidence": 3.0} for row in rows]
    assert listed([*later, *yearly], thin).quiet == ()
    assert listed([*later, *yearly], [row | {"stage": "building"} for row in thin]).quiet


def test_praise_is_recent_clear_and_in_words() -> None:
    """Newest first; marks without words, old ones and mixed ones are left out."""
    today = listed(
        [
            event("old", 8, "review", outcome=1.0, text="long ago"),
            event("first", 6, "review", outcome=0.95, text="kind"),
            event("mute", 5, "survey", outcome=1.0),
            event("mixed", 4, "review", outcome=0.8, text="fine, mostly"),
            event("last", 3, "recognition", outcome=1.0, text="还没开口就认出我了"),
            event("taken", 2, "review", outcome=1.0, text="wrong guest"),
            event("undo", 1, "correction", ref="taken"),
        ],
        [],
    )
    assert [item.event_id for item in today.praise] == ["last", "first"]


def test_long_sections_say_how_much_is_left_out() -> None:
    """Ten a section, and the number of the others."""
    rows = [event(f"{n}", 1 + n / 10, "review", outcome=1.0, text=f"{n}") for n in range(13)]
    today = listed(rows, [])
    assert len(today.praise) == 10
    assert today.more == {"praise": 3}


def test_nothing_known_at_that_time_is_used() -> None:
    """What happens at the time asked about or later is not known yet."""
    rows = [event("p", 1, "review", outcome=1.0, text="later"), event("q", 3, "contact")]
    table = read_events(pa.Table.from_pylist(rows), now_us=NOW_US).events.table
    earlier = todays_list(table, [], NOW_US - 2 * 86_400_000_000, SHANGHAI)
    assert earlier.praise == ()


def test_relationships_are_named_once_each() -> None:
    """In the order of the list, by house where there is one."""
    today = listed(
        [event("p", 1, "promise_made", due=due(-1)), event("x", 1, "promise_broken", ref="p"),
         event("l", 1, "promise_made", due=due(-1), truster="guest:c", organisation=None)],
        [standing(trend=-0.1)],
    )  # fmt: skip
    assert today.relationships() == [("guest:c", "staff:b"), ("guest:a", "hotel:h")]
