"""The demo's relationships, explained once for all tests of the pages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pyarrow as pa

from troth.guidance.today import Today, todays_list
from troth.lab.demo import DEMO_UNTIL_US, demo_events
from troth.ledger.read import read_events
from troth.trust.explain import Explanation, explain
from troth.trust.parameters import default_parameters
from troth.trust.score import score_events

if TYPE_CHECKING:
    from troth.ledger.events import Events

SHANGHAI = ZoneInfo("Asia/Shanghai")
#: Customers whose story is still open on the demo's last day, and their houses.
LIVE = (
    ("guest:chen-jing", "hotel:linjiang"),
    ("guest:liu-jianping", "hotel:linjiang"),
    ("guest:charlotte-wren", "hotel:linjiang"),
    ("client:lukas-brandt", "bank:tonghe"),
    ("client:sun-desheng", "bank:tonghe"),
    ("shopper:su-wanqing", "shop:qingmai"),
)


@cache
def year() -> Events:
    """The demo's events."""
    return read_events(pa.Table.from_pylist(demo_events()), now_us=DEMO_UNTIL_US).events


@cache
def scored() -> pa.Table:
    """The demo's score table on its last day."""
    return score_events(year(), default_parameters(), at_us=DEMO_UNTIL_US)


@cache
def explained(truster: str, trustee: str) -> Explanation:
    """One relationship on that day."""
    return explain(year(), truster, trustee, at_us=DEMO_UNTIL_US)


@cache
def newcomer() -> tuple[str, str]:
    """A relationship of which it is too early to tell."""
    row = next(row for row in scored().to_pylist() if not row["enough"])
    return row["truster"], row["organisation"]


@cache
def todays() -> Today:
    """That day's list."""
    return todays_list(year().table, scored().to_pylist(), DEMO_UNTIL_US, SHANGHAI)
