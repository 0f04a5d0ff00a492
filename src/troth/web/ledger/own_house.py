"""The house an event is about: filled in where none is named, and its own where a house is trusted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from troth.web.ledger.bounds import names_of, refuse
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from troth.ledger.raw import Raw


def housed(raw: Raw, house: str | None) -> Raw:
    """The same records; those that name no organisation are about this house.

    Filled in before anything is checked, so that who sends the same again is heard to repeat himself.
    """
    if house is None:
        return raw
    return _with(raw, [name or house for name in names_of(raw, "organisation")])


def own_house(raw: Raw) -> Raw:
    """Trust in a house is about that house: filled in where none is named, refused within another.

    Its row among the relationships is the house's, so it cannot be one of its colleagues' as well.
    """
    trustees, about = names_of(raw, "trustee"), names_of(raw, "organisation")
    houses = set(Party.objects.filter(kind=Party.Kind.ORGANISATION).values_list("key", flat=True))
    itself = [name in houses for name in trustees]
    if not any(itself):
        return raw
    told = zip(trustees, about, itself, strict=True)
    own = [trustee if mine and not house else house for trustee, house, mine in told]
    told = zip(trustees, own, itself, strict=True)
    other = np.array([mine and house != trustee for trustee, house, mine in told], np.bool_)
    return refuse(_with(raw, own), other, "organisation", "desk.invalid.own_house", {})


def _with(raw: Raw, organisations: list[str | None]) -> Raw:
    cells = pa.array(organisations, pa.string())
    if "organisation" not in raw.table.column_names:
        return replace(raw, table=raw.table.append_column("organisation", cells))
    place = raw.table.column_names.index("organisation")
    return replace(raw, table=raw.table.set_column(place, "organisation", cells))
