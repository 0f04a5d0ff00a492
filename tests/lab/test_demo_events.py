"""The demo's year: same seed, same bytes; events the ledger takes in; causes that show; live cases."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from troth.guidance.breaches import open_breaches
from troth.guidance.promises import open_promises
from troth.lab.demo import DEMO_UNTIL_US, demo_events, demo_names
from troth.lab.demo.people import demo_houses
from troth.ledger.read import read_events

SHANGHAI = ZoneInfo("Asia/Shanghai")
ENDS = {
    "morning": "2026-03-19T09:30",
    "midnight": "2026-07-04T00:05",
    "late": "2026-05-05T23:50:30",
}


@cache
def year(seed: int = 7, until_us: int = DEMO_UNTIL_US) -> list[dict[str, Any]]:
    return demo_events(seed, until_us)


@cache
def taken_in(until_us: int = DEMO_UNTIL_US) -> pa.Table:
    reading = read_events(pa.Table.from_pylist(year(until_us=until_us)), now_us=until_us)
    assert reading.rejected.num_rows == 0
    assert reading.warnings == ()
    return reading.events.table


@pytest.fixture(params=sorted(ENDS))
def until_us(request: pytest.FixtureRequest) -> int:
    return (
        int(datetime.fromisoformat(ENDS[request.param]).replace(tzinfo=SHANGHAI).timestamp())
        * 1_000_000
    )


def test_the_same_seed_and_end_give_the_same_bytes() -> None:
    """Nothing but the seed and the end decides what happens."""
    once, again = (json.dumps(demo_events(3), ensure_ascii=False) for _ in range(2))
    assert once == again
    assert once != json.dumps(year(), ensure_ascii=False)


def test_the_ledger_takes_every_event_in(until_us: int) -> None:
    """No row is rejected and nothing is warned of, at whatever hour the year ends."""
    assert taken_in(until_us).num_rows == len(year(until_us=until_us))


def test_the_world_has_its_size() -> None:
    """Three hundred customers, twelve staff and three teams meet in some thousands of events."""
    events = year()
    met = {event[side] for event in events for side in ("truster", "trustee")}
    parts = Counter(name.split(":")[0] for name in demo_names())
    assert parts == {
        "guest": 100, "shopper": 100, "client": 100, "staff": 12, "team": 3, "hotel": 1, "shop": 1, "bank": 1,
    }  # fmt: skip
    assert 6_000 <= len(events) <= 10_000
    assert met <= set(demo_names())
    assert len(met) > 290
    assert all(
        set(names) == {"zh", "en"} and all(names.values()) for names in demo_names().values()
    )


def test_about_half_is_written_in_chinese() -> None:
    """Both languages are at home in the demo."""
    texts = [event["text"] for event in year() if event["text"]]
    chinese = sum(any("一" <= sign <= "鿿" for sign in text) for text in texts)
    assert 0.4 < chinese / len(texts) < 0.6


def test_events_lie_within_the_year_and_promises_may_fall_due_after_it(until_us: int) -> None:
    """Nothing happens at the end or after it; ids are in order of time."""
    table = taken_in(until_us)
    assert table["t_us"].to_numpy().max() < until_us
    assert table["t_us"].to_numpy().min() > until_us - 366 * 86_400_000_000
    assert any(due is not None and due > until_us for due in table["due_us"].to_pylist())
    hotel = [
        event["event_id"]
        for event in year(until_us=until_us)
        if event["event_id"].startswith("hotel")
    ]
    assert hotel == sorted(hotel)


def test_no_sentence_keeps_an_open_slot() -> None:
    """Every slot is filled, and a promise's sentence names a time only where there is one."""
    assert not [
        event["text"] for event in year() if event["text"] and set("{}") & set(event["text"])
    ]


def test_todays_list_has_something_to_say(until_us: int) -> None:
    """At any hour promises are due today and soon, some are overdue, and breaches wait for repair."""
    statuses = Counter(
        promise.status for promise in open_promises(taken_in(until_us), until_us, SHANGHAI)
    )
    assert statuses["due_today"] >= 4
    assert statuses["due_soon"] >= 3
    assert statuses["overdue"] >= 3
    waiting = open_breaches(taken_in(until_us), until_us)
    fresh = [breach for breach in waiting if until_us - breach.since_us < 14 * 86_400_000_000]
    assert len(fresh) >= 10
    assert all(breach.text for breach in fresh)
    assert any(not breach.steps for breach in fresh)
    assert any(breach.answered for breach in fresh)
    assert any(breach.apologised for breach in fresh)
    assert any("第三次" in str(breach.text) for breach in fresh)


def test_some_regulars_have_gone_quiet() -> None:
    """The written regulars fall silent some two months before the end, after years of coming."""
    for slug in ("guest:zhang-zhiqiang", "shopper:edward-pym", "client:patrick-doyle"):
        times = [
            datetime.fromisoformat(event["at"]) for event in year() if event["truster"] == slug
        ]
        end = datetime.fromtimestamp(DEMO_UNTIL_US / 1_000_000, SHANGHAI)
        assert len(times) > 20
        assert 50 < (end - times[-1]).days < 80


def test_reliable_staff_keep_more_promises() -> None:
    """The latent traits are causes: they show in what the events say."""
    kept: Counter[str] = Counter()
    all_: Counter[str] = Counter()
    for event in year():
        if event["kind"] in {"promise_kept", "promise_broken"}:
            all_[event["trustee"]] += 1
            kept[event["trustee"]] += event["kind"] == "promise_kept"
    for house in demo_houses():
        by_trait = sorted(house.staff, key=lambda person: person.traits["reliability"])
        worst, best = by_trait[0].id, by_trait[-1].id
        assert kept[worst] / all_[worst] + 0.08 < kept[best] / all_[best]
