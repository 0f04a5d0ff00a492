"""Contributions as they stand: what was taken back adds nothing, and is not shown as if it did."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from troth.content.kinds import codebook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.guidance.standing import Row
    from troth.trust.explain import Explanation

#: A contribution and its correction cancel but for rounding.
NOTHING = 1e-9


def settled(told: Explanation, rows: Sequence[Row]) -> Explanation:
    """Count each correction with the event that it takes back.

    In the ledger both count, the one against the other; the sum stays the same.

    Args:
        told: the explanation.
        rows: the relationship's own events.

    Returns:
        The explanation, with one contribution for both, or none where they cancel.
    """
    kinds = codebook()
    aims = {
        row["event_id"]: row["ref"]
        for row in rows
        if row["ref"] and row["kind"] in kinds and kinds[row["kind"]].retracts
    }
    if not aims:
        return told
    found = {c.event_id: c for c in told.contributions}
    for name in [name for name in aims if name in found]:
        target = aims[name]
        while target in aims:
            target = aims[target]
        if target in found:
            correction = found.pop(name)
            found[target] = replace(found[target], phi=found[target].phi + correction.phi)
    kept = [c for c in found.values() if abs(c.phi) > NOTHING]
    kept.sort(key=lambda c: (-abs(c.phi), c.t_us, c.event_id))
    return replace(told, contributions=tuple(kept))
