"""Ways to put somebody's export before the intake."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.ledger.conftest import refusals_of
from troth.ledger.intake.open import Choice, Sheet, open_sheet
from troth.ledger.read import read_raws

if TYPE_CHECKING:
    from troth.ledger.events import Reading

#: 2027-01-15 08:00 UTC, 16:00 in Shanghai, a Friday.
NOW_US = 1_800_000_000_000_000
HOUSE = "hotel:linjiang"


def choice(**known: Any) -> Choice:
    """A house in Shanghai."""
    staff = frozenset(known.pop("staff", ()))
    return Choice(
        **{"house": HOUSE, "zone": "Asia/Shanghai", "now_us": NOW_US} | known, staff=staff
    )


def opened(name: str, content: object, **known: Any) -> Sheet:
    """The sheet of a file: bytes, text, or a value written as JSON."""
    if not isinstance(content, bytes | str):
        content = json.dumps(content, ensure_ascii=False)
    data = content.encode() if isinstance(content, str) else content
    return open_sheet(name, data, choice(**known))


def reading_of(sheet: Sheet) -> Reading:
    """The sheet after the checks that every file meets."""
    return read_raws([sheet.raw], now_us=NOW_US)


def events_of(sheet: Sheet) -> list[dict[str, Any]]:
    """Events taken in, in order of time."""
    rows: list[dict[str, Any]] = reading_of(sheet).events.table.to_pylist()
    return rows


def refused(sheet: Sheet) -> list[tuple[int, str, str]]:
    """Row, column and reason of each record refused."""
    return refusals_of(reading_of(sheet))


def briefly(sheet: Sheet, *names: str) -> list[tuple[Any, ...]]:
    """Some cells of each event."""
    return [tuple(event.get(name) for name in names) for event in events_of(sheet)]
