"""Where the numbers of a page come from: the facts and the weights behind them."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

from troth.pages.story import parameters_source

if TYPE_CHECKING:
    from troth.pages.words import Words
    from troth.trust.explain import Explanation
    from troth.trust.parameters import Parameters


def numbers_of(told: Explanation, words: Words) -> dict[str, Any]:
    """Facts as (name, value), and the table of weights.

    Figures from which the belief could be worked out are left out where it is too early to tell.
    """
    from troth import __version__

    parameters = told.parameters

    def say(key: str, **values: object) -> str:
        return words.say(f"explain.numbers.{key}", **values)

    facts = [
        (say("version"), f"troth {__version__}"),
        (say("at"), words.moment(told.at_us)),
        (say("last"), words.moment(told.last_us)),
        (say("parameters"), parameters_source(told, words)),
        (say("evidence"), f"{told.evidence:.1f}"),
        (say("half_lives"), words.say("list.between").join(_half_lives(parameters, words))),
        (
            say("prior"),
            say(
                "prior_is",
                mean=f"{parameters.prior_mean:.3g}",
                events=f"{parameters.prior_events:.3g}",
                strength=f"{parameters.strength:.3g}",
            ),
        ),
        (say("calibration"), f"{parameters.platt_slope:.3g}, {parameters.platt_intercept:.3g}"),
        (say("inflation"), f"{parameters.inflation:.3g}"),
    ]
    held_out = parameters.stamp.get("held_out")
    if isinstance(held_out, dict) and held_out:
        figures = [
            f"{name} {value:.3g}"
            for name, value in held_out.items()
            if isinstance(value, float | int)
        ]
        facts.insert(4, (say("held_out"), " · ".join(figures)))
    if told.enough:
        opinion = {name: f"{value:.2f}" for name, value in told.opinion.items()}
        facts += [
            (say("baseline"), f"{told.baseline:.3f}"),
            (say("opinion"), say("opinion_is", **opinion)),
        ]
    return {"facts": facts, "weights": _weights(parameters, words)}


def _half_lives(parameters: Parameters, words: Words) -> list[str]:
    return [
        words.span(days) if isfinite(days) else words.say("explain.numbers.for_ever")
        for days in parameters.half_lives_days
    ]


def _weights(parameters: Parameters, words: Words) -> dict[str, Any]:
    from troth.traces.origins import ORIGINS

    rows = [
        (
            words.say(f"origin.{origin}"),
            "+" if sign == 0 else "−",
            [f"{value:.3f}" for value in parameters.beta[i, sign]],
            "s·μ"
            if parameters.tied and sign == 0
            else "s·(1−μ)"
            if parameters.tied
            else f"{parameters.c[i, sign]:.3g}",
        )
        for i, origin in enumerate(ORIGINS)
        for sign in (0, 1)
    ]
    return {"head": _half_lives(parameters, words), "rows": rows, "tied": parameters.tied}
