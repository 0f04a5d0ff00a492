"""The file that a relationship's page is written to."""

from __future__ import annotations

import hashlib
import re
from typing import Final

#: Longer names trouble some file systems once a folder is put before them.
LONGEST: Final = 48


def page_name(truster: str, trustee: str) -> str:
    """A safe file name for the page of one relationship.

    Letters, digits and hyphens only, and never the same for two relationships: ids may hold
    anything, and many differ only in what a file name must not show.

    Args:
        truster: id.
        trustee: id.

    Returns:
        Such as ``guest-chen-jing--hotel-linjiang-8c1f5a20.html``.

    >>> page_name("guest:chen-jing", "hotel:linjiang")[:32]
    'guest-chen-jing--hotel-linjiang-'
    """
    digest = hashlib.blake2b(
        f"{len(truster)}:{truster}{trustee}".encode(), digest_size=4
    ).hexdigest()
    parts = "--".join(
        re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") for part in (truster, trustee)
    )
    return f"{parts[:LONGEST].strip('-') or 'page'}-{digest}.html"
