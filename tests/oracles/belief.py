"""The belief restated slowly and obviously: one event at a time, dictionaries and math only."""

from __future__ import annotations

import math
from dataclasses import dataclass

ORIGINS = ("direct", "house", "reputation", "organisation", "disposition", "reciprocity")


@dataclass(frozen=True)
class Touch:
    """One row of evidence; times in microseconds."""

    truster: int
    trustee: int
    organisation: int
    t_us: int
    from_us: int
    good: float
    bad: float


def enters(origin: str, e: Touch, who: tuple[int, int, int]) -> bool:
    """Whether a row counts for an origin of the forecast of (truster, trustee, organisation)."""
    truster, trustee, house = who
    same_house = house >= 0 and e.organisation == house
    return {
        "direct": e.truster == truster and e.trustee == trustee,
        "house": e.truster == truster and same_house and e.trustee != trustee,
        "reputation": e.trustee == trustee and e.truster != truster,
        "organisation": same_house and e.trustee != trustee and e.truster != truster,
        "disposition": e.truster == truster and e.trustee != trustee,
        "reciprocity": e.truster == trustee and e.trustee == truster,
    }[origin]


def mass(
    touches: list[Touch], origin: str, who: tuple[int, int, int], at_us: int, half_life_days: float
) -> tuple[float, float]:
    """Decayed mass for and against that one origin brings."""
    good = bad = 0.0
    for e in touches:
        if e.from_us < at_us and enters(origin, e, who):
            left = 1.0
            if not math.isinf(half_life_days):
                left = 2.0 ** (-(at_us - e.t_us) / (half_life_days * 86_400_000_000))
            good += e.good * left
            bad += e.bad * left
    return max(good, 0.0), max(bad, 0.0)


def log_odds(touches, who, at_us, parameters, mean):
    """η: the running base rate, the intercept, and each origin's log-evidence."""
    eta = parameters.slope * math.log(mean / (1 - mean)) + parameters.intercept
    for i, origin in enumerate(ORIGINS):
        for h, days in enumerate(parameters.half_lives_days):
            masses = mass(touches, origin, who, at_us, days)
            for sign in (0, 1):
                c = parameters.c[i][sign]
                if parameters.tied:
                    c = parameters.strength * (mean if sign == 0 else 1 - mean)
                term = float(parameters.beta[i][sign][h]) * math.log1p(masses[sign] / c)
                eta += term if sign == 0 else -term
    return parameters.platt_slope * eta + parameters.platt_intercept


STAGES = ("first_contact", "understanding", "building", "maintenance")
DAY = 86_400_000_000


def stage_after(moments):
    """Fold (t_us, lower bound, mass) of one relationship by the rules of the design.

    First contact n<2; understanding n≥2; building n≥6 and L≥.60, left at L<.52; maintenance n≥15,
    L≥.80 and 90 days since the first event, left at L<.70; seven days' dwell after each change.
    """
    stage, since, first = "first_contact", None, None
    for t, lower, n in moments:
        first = t if first is None else first
        if since is not None and t - since < 7 * DAY:
            continue
        new = stage
        if stage == "maintenance":
            new = "building" if lower < 0.70 else stage
        elif stage == "building":
            if lower < 0.52:
                new = "understanding"
            elif n >= 15 and lower >= 0.80 and t - first >= 90 * DAY:
                new = "maintenance"
        elif stage == "understanding":
            if n < 2:
                new = "first_contact"
            elif n >= 6 and lower >= 0.60:
                new = "building"
        elif n >= 2:
            new = "understanding"
        if new != stage:
            stage, since = new, t
    return stage
