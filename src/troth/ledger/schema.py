"""The columns of an event: how they may be named on the way in, and their types once taken in."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

#: A few parties, kinds and channels stand in millions of events, so text is kept once and coded.
CODED: Final = pa.dictionary(pa.int32(), pa.string())
DIMENSIONS: Final = ("ability", "reliability", "integrity", "benevolence")

SCHEMA: Final = pa.schema(
    [
        pa.field("event_id", pa.string(), nullable=False),
        pa.field("t_us", pa.int64(), nullable=False),
        pa.field("truster", CODED, nullable=False),
        pa.field("trustee", CODED, nullable=False),
        pa.field("organisation", CODED),
        pa.field("kind", CODED, nullable=False),
        pa.field("outcome", pa.float64(), nullable=False),
        pa.field("weight", pa.float64(), nullable=False),
        *(pa.field(name, pa.float64(), nullable=False) for name in DIMENSIONS),
        pa.field("ref", pa.string()),
        pa.field("due_us", pa.int64()),
        pa.field("text", pa.string()),
        pa.field("channel", CODED),
        pa.field("source", CODED),
    ]
)

#: Columns that a file may bring, beside any others, which become extras.
KNOWN: Final = (
    "event_id", "at", "t_us", "truster", "trustee", "organisation", "kind", "outcome", "weight",
    *DIMENSIONS, "ref", "due", "due_us", "text", "channel", "source",
)  # fmt: skip
REQUIRED: Final = ("event_id", "truster", "trustee", "kind")
CODED_COLUMNS: Final = ("truster", "trustee", "organisation", "kind", "channel", "source")
ALIASES: Final = {"organization": "organisation"}
#: Longer cells are refused: no message is that long, and one would hold up every reader after it.
LONGEST_CELL: Final = 1_000_000
#: Microseconds of the first and the last instant that ISO 8601 writes with four digits of year.
FIRST_US: Final = -62_135_596_800_000_000
LAST_US: Final = 253_402_300_799_999_999


def plain_name(written: str) -> str:
    """The name that troth knows a column by, or the stripped name of an extra column.

    >>> plain_name(" Event ID"), plain_name("organization"), plain_name("Room No")
    ('event_id', 'organisation', 'Room No')
    """
    stripped = written.strip()
    plain = stripped.lower().replace(" ", "_").replace("-", "_")
    plain = ALIASES.get(plain, plain)
    return plain if plain in KNOWN else stripped
