"""A touch by hand: something that happened, seen or done by a person at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from troth.web.ledger.record import record_one

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor
    from troth.web.parties.models import Party


def row_of(
    truster: Party,
    trustee: Party,
    house: Party | None,
    kind: str,
    **more: Any,
) -> dict[str, Any]:
    """The columns of an event between two parties.

    Args:
        truster: who trusts.
        trustee: who is trusted.
        house: for which organisation, or None.
        kind: of the codebook.
        more: other columns; those that are empty are left out.
    """
    told = {name: value for name, value in more.items() if value not in (None, "")}
    return {
        "truster": truster.key,
        "trustee": trustee.key,
        "organisation": house.key if house else None,
        "kind": kind,
        **told,
    }


def record_touch(
    actor: Actor,
    *,
    truster: Party,
    trustee: Party,
    house: Party | None,
    kind: str,
    at_us: int | None = None,
    **more: Any,
) -> str:
    """Record a touch.

    Args:
        actor: who records it.
        truster: the customer, or whoever trusts.
        trustee: who served them.
        house: the organisation served for.
        kind: of the codebook.
        at_us: when it happened; now by default.
        more: ``outcome``, ``text``, ``due_us``, ``channel``, ``ref`` where there are such.

    Returns:
        The event's id.

    Raises:
        RefusedError: the event does not pass the checks.
    """
    row = row_of(truster, trustee, house, kind, **more)
    row["t_us"] = actor.now_us if at_us is None else at_us
    return record_one(actor, "record_touch", row)
