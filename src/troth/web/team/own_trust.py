"""What one party believes of others from own experience alone: nobody else's judgement weighs in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from troth.guidance.matching import Trust
from troth.traces.origins import DIRECT
from troth.trust.belief import beliefs_of
from troth.trust.stage import ENOUGH
from troth.web.ledger.models import Base
from troth.web.ledger.now import Whose, sums_now
from troth.web.ledger.sums import grounds
from troth.web.ledger.weights import desk_parameters

if TYPE_CHECKING:
    from collections.abc import Sequence


def own_trust(
    pairs: Sequence[tuple[int, int]], house: int, at_us: int
) -> dict[tuple[int, int], Trust]:
    """Beliefs from direct experience.

    Args:
        pairs: (truster, trusted), numbers of parties.
        house: for which the trusted act.
        at_us: microseconds UTC, not before anything on record.

    Returns:
        By pair; pairs without any history are left out.
    """
    if not pairs:
        return {}
    parameters = desk_parameters()
    base = Base.objects.filter(pk=1).first() or Base()
    mean = float(parameters.running_mean(base.total, base.count))
    truster, trusted = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
    whose = Whose(truster, trusted, np.full(len(pairs), house, np.int64), of_house=False)
    ground = grounds({one for one, _ in pairs}, parameters.half_lives_days)
    origins = sums_now(whose, ground, at_us, parameters).origins
    own = np.zeros_like(origins)
    own[:, DIRECT] = origins[:, DIRECT]
    beliefs = beliefs_of(own, parameters, mean)
    longest = int(np.argmax(parameters.half_lives_days))
    mass = own[:, DIRECT, :, longest].sum(axis=1)
    low, high = beliefs.bounds()
    return {
        pair: Trust(
            float(beliefs.probability[i]), float(low[i]), float(high[i]), bool(mass[i] >= ENOUGH)
        )
        for i, pair in enumerate(pairs)
        if mass[i] > 0
    }
