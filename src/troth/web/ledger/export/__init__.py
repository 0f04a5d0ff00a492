"""Everything on record, written so that other tools and people can go on with it."""

from troth.web.ledger.export.everything import export_all, stamp_of
from troth.web.ledger.export.formats import FORMATS, MEDIA, streamed
from troth.web.ledger.export.tables import COLUMNS, TABLES, export_rows

__all__ = [
    "COLUMNS",
    "FORMATS",
    "MEDIA",
    "TABLES",
    "export_all",
    "export_rows",
    "stamp_of",
    "streamed",
]
