"""What a row of somebody's file becomes, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from troth.pages.words import clean, shortened
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from troth.pages.words import Words
    from troth.web.imports.columns import Mapper

_CELL: Final = 60
_TEXT: Final = 80
#: Columns shown while it is not known yet which of them mean something.
_COLUMNS: Final = 12


@dataclass(frozen=True)
class Told:
    """An event as it would stand on record.

    Attributes:
        kind: what people call it.
        who: whose trust in whom.
        when: on the reader's clock.
        outcome: 0–1 as written, or "".
        text: what was said, shortened.
    """

    kind: str
    who: str
    when: str
    outcome: str
    text: str


@dataclass(frozen=True)
class SampleRow:
    """One of the first rows.

    Attributes:
        number: as a person counts it.
        cells: (column, cell) of the columns that mean something.
        events: what it becomes.
        refused: (column, reason) of what it does not.
    """

    number: int
    cells: list[tuple[str, str]]
    events: list[Told] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def told(
    records: Iterable[Mapping[str, Any]], names: Mapping[str, str], words: Words
) -> list[Told]:
    """Events in words.

    Args:
        records: cells by our column.
        names: of parties that are called otherwise than their ids say.
        words: of the reader.
    """
    return [_told(record, names, words) for record in records]


def _told(record: Mapping[str, Any], names: Mapping[str, str], words: Words) -> Told:
    truster, trustee = (
        clean(names.get(record[side]) or _bare(record[side])) for side in ("truster", "trustee")
    )
    is_message = record["kind"] == "message"
    key = "imports.pair.says" if is_message else "imports.pair"
    by_staff = is_message and record.get("speaker") == "staff"
    pair = (trustee, truster) if by_staff else (truster, trustee)
    outcome = record.get("outcome")
    return Told(
        words.start(words.kind(record["kind"])), words.say(key, one=pair[0], other=pair[1]),
        words.moment(record["t_us"]), "" if outcome is None or is_message else f"{outcome:z.3g}",
        shortened(clean(record.get("text") or ""), _TEXT),
    )  # fmt: skip


def _bare(party: str) -> str:
    """A name out of an id such as ``ctrip_reviews:小满#1a2b``."""
    return party.partition(":")[2].partition("#")[0] or party


def sample_of(mapper: Mapper, most: int, names: Mapping[str, str], words: Words) -> list[SampleRow]:
    """The first rows of a table, and what each becomes.

    Args:
        mapper: of the table.
        most: so many rows.
        names: of parties that are called otherwise than their ids say.
        words: of the reader.
    """
    seen = mapper.preview
    meant = [name for name in seen.columns if name in mapper.mapping.columns.values()]
    shown = seen.columns[:_COLUMNS] if seen.lacks else meant
    found = []
    for number, cells in list(zip(seen.numbers, seen.rows, strict=True))[:most]:
        plain = [(name, shortened(clean(cells[name]), _CELL)) for name in shown if name in cells]
        events = told(seen.records.get(number, []), names, words)
        found.append(SampleRow(number, plain, events, seen.refused.get(number, [])))
    return found


def names_on_record(keys: Iterable[str], lang: str) -> dict[str, str]:
    """Names of parties that the desk knows."""
    rows = Party.objects.filter(key__in=list(keys)[:500])
    return {party.key: party.name(lang) for party in rows}
