"""What the first rows of a table would become, shown before anything is taken in."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from troth.ledger.intake.choice import Choice
from troth.ledger.intake.grid import read_grid, rows_of
from troth.ledger.intake.mapped import mapped_sheet
from troth.ledger.intake.mapping import Mapping, Preview, guess, suggest
from troth.ledger.read import read_raws
from troth.ledger.schema import LAST_US

if TYPE_CHECKING:
    from troth.ledger.events import Reading
    from troth.ledger.intake.sheet import Sheet


def preview_of(
    name: str, data: bytes, mapping: Mapping | None, most: int, choice: Choice | None
) -> Preview:
    """Show the first rows; see ``mapping.preview``.

    Raises:
        UnreadableError: nothing in the file can be used, or the mapping does not fit it.
    """
    choice = choice or Choice("house", "UTC", LAST_US)
    raw = read_grid(name, data, most)
    columns = list(raw.table.column_names)
    guessed = guess(columns)
    chosen = mapping or guessed
    numbered = list(rows_of(raw))
    sheet, reading = None, None
    if not chosen.lacks():
        sheet = mapped_sheet(raw, chosen, choice)
        # By the very checks that the file itself will meet.
        reading = read_raws([sheet.raw], now_us=choice.now_us, lang=choice.lang)
    return Preview(
        columns,
        [cells for _, cells in numbered],
        guessed,
        suggest(columns),
        [row for row, _ in numbered],
        _records(sheet, reading) if sheet and reading else {},
        _refused(reading) if reading else {},
        chosen.lacks(),
    )


def _refused(reading: Reading) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for line in reading.rejected.to_pylist():
        found[line["row"]].append((line["column"], line["reason"]))
    return dict(found)


def _records(sheet: Sheet, reading: Reading) -> dict[int, list[dict[str, Any]]]:
    ids = sheet.raw.table["event_id"].to_pylist()
    row_of = dict(zip(ids, sheet.raw.rows.tolist(), strict=True))
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for event in reading.events.table.to_pylist():
        filled = {name: cell for name, cell in event.items() if cell is not None}
        found[row_of[event["event_id"]]].append(filled)
    return dict(found)
