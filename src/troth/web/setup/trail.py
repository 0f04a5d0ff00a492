"""Rows of the audit log: chosen, paged, said in words, and written as a file."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from troth.ledger.times import epoch_us
from troth.web.accounts.models import AuditRow, User
from troth.web.accounts.permissions import called
from troth.web.parties.models import Party
from troth.web.setup.deeds import deed_said, detail_said, door_said
from troth.web.setup.forms import SCOPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import tzinfo

    from django.db.models import QuerySet

    from troth.pages.words import Words

PAGE: Final = 50
#: The desk itself, where a filter asks for a person.
NOBODY: Final = "0"
HEADER: Final = ("time_utc", "who", "deed", "what", "door", "details")
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
_MOST_DIGITS: Final = 18


@dataclass(frozen=True)
class Wanted:
    """Which rows somebody wants to see.

    Attributes:
        person: number of a user, ``0`` for the desk itself, or empty for all.
        deed: name of a deed, or empty for all.
        day: ISO day on the reader's calendar, or empty for all.
    """

    person: str = ""
    deed: str = ""
    day: str = ""

    @classmethod
    def of(cls, told: Mapping[str, str]) -> Wanted:
        """As a form or an address tells it; what makes no sense is left out."""
        person = _number(told.get("person", ""))
        try:
            day = date.fromisoformat(told.get("day", "")).isoformat()
        except ValueError:
            day = ""
        return cls(str(person) if person is not None else "", told.get("deed", "")[:60], day)

    def rows(self, zone: tzinfo) -> QuerySet[AuditRow]:
        """Those rows, newest first."""
        rows = AuditRow.objects.all()
        if self.person:
            rows = rows.filter(user=None if self.person == NOBODY else int(self.person))
        if self.deed:
            rows = rows.filter(deed=self.deed)
        if self.day:
            start, end = day_us(self.day, zone)
            rows = rows.filter(t_us__gte=start, t_us__lt=end)
        return rows.order_by("-id")


def day_us(day: str, zone: tzinfo) -> tuple[int, int]:
    """A day's beginning and end, microseconds UTC."""
    start = datetime.combine(date.fromisoformat(day), datetime.min.time(), zone)
    try:
        end = datetime.combine(start.date() + timedelta(days=1), datetime.min.time(), zone)
    except OverflowError:  # the calendar's last day
        end = start
    return epoch_us(start), epoch_us(end)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else None


def turned(rows: QuerySet[AuditRow], before: str) -> tuple[list[AuditRow], int | None]:
    """One page of rows.

    Args:
        rows: newest first.
        before: number of the row that the page before ended with; empty for the first page.

    Returns:
        The page, and the number to turn on from, if there is more.
    """
    number = _number(before)
    found = list((rows if number is None else rows.filter(pk__lt=number))[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def said(rows: Sequence[AuditRow], words: Words) -> list[dict[str, Any]]:
    """Rows as people read them; parties go by their names where the log has an id."""
    ids = {row.what for row in rows if row.what}
    ids |= {one for row in rows for value in row.details.values() for one in _ids(value)}
    parties = Party.objects.filter(Q(uid__in=ids) | Q(key__in=ids))
    names = {uid: party.name(words.lang) for party in parties for uid in (party.uid, party.key)}
    return [
        {
            "when": words.moment(row.t_us),
            "who": row.who if row.user_id else words.say("setup.audit.desk"),
            "deed": deed_said(row.deed, words),
            "what": names.get(row.what, row.what),
            "door": door_said(row.door, words),
            "details": [
                words.say(
                    "setup.audit.detail",
                    what=detail_said(key, words),
                    value=_told(value, names, words),
                )
                for key, value in row.details.items()
                if value is not False
            ],
        }
        for row in rows
    ]


def _ids(value: Any) -> list[str]:
    """Whatever in a detail may name a party."""
    parts = value if isinstance(value, list) else [value]
    return [part for part in parts if isinstance(part, str)]


def _told(value: Any, names: Mapping[str, str], words: Words) -> str:
    """A detail's value; two in a list are what was before and what came after."""
    if isinstance(value, list) and len(value) == 2:
        return " → ".join(_told(part, names, words) for part in value)
    if value is None or value is True:
        return words.say("setup.audit.yes" if value else "setup.audit.no")
    if value in User.Role.values:
        return called(value, words)
    if value in SCOPES:
        return words.say(SCOPES[value])
    return (
        names.get(value, value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    )


def as_csv(rows: QuerySet[AuditRow]) -> Iterator[str]:
    """The rows as a file, a line at a time."""
    writer = csv.writer(_Through())
    yield "\ufeff" + writer.writerow(HEADER)
    for row in rows.iterator(chunk_size=2_000):
        when = datetime.fromtimestamp(row.t_us / 1e6, UTC).isoformat(timespec="milliseconds")
        details = json.dumps(row.details, ensure_ascii=False)
        cells = (when, row.who, row.deed, row.what, row.door, details)
        yield writer.writerow([_harmless(cell) for cell in cells])


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_RISKY) else cell


class _Through:
    """Hands each line on instead of keeping it."""

    def write(self, line: str) -> str:
        return line
