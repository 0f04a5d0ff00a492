"""Who may tell what a colleague lived: they themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from troth.web.accounts.access import Scope, may
from troth.web.ledger.bounds import names_of, refuse
from troth.web.ledger.rows import retracting
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from troth.ledger.raw import Raw
    from troth.web.accounts.models import User

#: So many are asked for by name; of more, all insiders are read.
_FEW: Final = 200
#: Kinds of event that are between colleagues and nowhere else.
INSIDE: Final = ("thanks", "help_given", "hand_over_kept", "hand_over_dropped")


def own_alone(raw: Raw, user: User | None) -> Raw:
    """Refuse records of a colleague's trust that somebody else tells.

    Whoever sees everything brings in what others told; whoever may overrule may take it back.

    Args:
        raw: records as they came.
        user: who brings them; None for the desk itself.
    """
    if user is None or Scope(user).everything:
        return raw
    kinds = _kinds_of(raw)
    own = user.party.key if user.party else None
    back = set(retracting()) if may(user, "overrule") else set()
    bad = [
        kinds.get(who or "", Party.Kind.CUSTOMER) != Party.Kind.CUSTOMER
        and who != own
        and what not in back
        for who, what in zip(names_of(raw, "truster"), names_of(raw, "kind"), strict=True)
    ]
    return refuse(raw, np.array(bad, np.bool_), "truster", "desk.invalid.colleague", {})


def inside_alone(raw: Raw) -> Raw:
    """Refuse records of a kind between colleagues whose truster is no colleague on record."""
    if not set(INSIDE).intersection(names_of(raw, "kind")):
        return raw
    kinds = _kinds_of(raw)
    bad = [
        what in INSIDE and kinds.get(who or "") != Party.Kind.STAFF
        for who, what in zip(names_of(raw, "truster"), names_of(raw, "kind"), strict=True)
    ]
    return refuse(raw, np.array(bad, np.bool_), "kind", "desk.invalid.inside", {})


def _kinds_of(raw: Raw) -> dict[str, str]:
    """What kind of party each truster is that the desk knows."""
    told = set(names_of(raw, "truster"))
    people = Party.insiders()
    if len(told) <= _FEW:
        people = people.filter(key__in=told)
    return {key: kind for key, kind in people.values_list("key", "kind") if key in told}
