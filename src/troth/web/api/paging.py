"""Pages of a list: so many at a time, and an opaque word for where the next one begins."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any, Final

from ninja import Schema
from pydantic import Field

from troth.web.api.problems import ProblemError

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST: Final = 500
USUAL: Final = 100
_BEGINNING: Final = b"after:"
_LAST: Final = (1 << 63) - 1


class Paged(Schema):
    """Which page."""

    cursor: str | None = Field(None, description="`next` of the page before.", max_length=100)
    limit: int = Field(USUAL, ge=1, le=MOST, description="So many at most.")


def cursor_of(number: int) -> str:
    """The word for what comes after a row.

    >>> after(cursor_of(17))
    17
    """
    return base64.urlsafe_b64encode(_BEGINNING + str(number).encode()).decode().rstrip("=")


def after(cursor: str | None) -> int:
    """The row that a page comes after; 0 for the first page.

    Raises:
        ProblemError: nobody was ever given that word.
    """
    if cursor is None:
        return 0
    try:
        told = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError):
        told = b""
    number = told.removeprefix(_BEGINNING)
    if told == number or not number.isdigit() or int(number) > _LAST:
        raise ProblemError(422, "api.problem.cursor")
    return int(number)


def page_of(rows: QuerySet[Any], paged: Paged) -> tuple[list[Any], str | None]:
    """One page by number.

    Args:
        rows: in no order.
        paged: which page.

    Returns:
        The rows, and the cursor of the next page, None where this is the last.
    """
    found = list(rows.filter(pk__gt=after(paged.cursor)).order_by("pk")[: paged.limit + 1])
    shown = found[: paged.limit]
    return shown, cursor_of(shown[-1].pk) if len(found) > paged.limit else None
