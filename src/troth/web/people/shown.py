"""A result in words and drawings, without the answers behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from troth.pages.words import hundredths
from troth.people.circumplex import angle_error
from troth.web.people.drawing import OCTANTS, circumplex
from troth.web.people.scored import position_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from troth.content.questionnaires import Questionnaire, Scale
    from troth.pages.words import Words
    from troth.people.circumplex import Position

#: A style this long lies on the drawing's rim, in points of the answers; few people come as far.
REACH: Final = 2.0


@dataclass(frozen=True)
class Bar:
    """One scale of a result.

    Attributes:
        title: what it is called.
        value: the score.
        least: the lowest there is.
        most: the highest there is.
        low: what a low score means.
        high: what a high score means.
        missing: whether too little was answered.
    """

    title: str
    value: float
    least: float
    most: float
    low: str
    high: str
    missing: bool = False

    @property
    def shown(self) -> str:
        """The score as people read it."""
        return f"{self.value:.1f}".removesuffix(".0")

    @property
    def said(self) -> str:
        """What this score means, where it leans to one side."""
        share = (self.value - self.least) / (self.most - self.least)
        return self.high if share >= 0.6 else self.low if share <= 0.4 else ""


@dataclass(frozen=True)
class Result:
    """A result as a page shows it.

    Attributes:
        bars: of its scales.
        chart: the circumplex, where it is one.
        style: a sentence on it.
        facts: (name, figure) of the drawing.
        limits: key of the phrase that says how to read it.
    """

    bars: list[Bar]
    chart: Markup | None
    style: str
    facts: list[tuple[str, str]]
    limits: str


def result_of(asked: Questionnaire, scores: Mapping[str, Any], words: Words) -> Result:
    """Put a result into words.

    Args:
        asked: the questionnaire.
        scores: as kept of a sitting.
        words: the reader's.
    """
    bars = [_bar(asked, scale, scores, words.lang) for scale in asked.scales]
    if asked.result != "circumplex":
        return Result(bars, None, "", [], "people.result.limits.scales")
    position = position_in(scores)
    if position is None:
        return Result(bars, None, "", [], "people.result.limits.circumplex")
    style = _style(position, words)
    names = [words.say(f"people.octant.{octant}") for octant in OCTANTS]
    error = angle_error(position.length)
    angle = words.say("people.chart.degrees", angle=f"{position.angle:.0f}", error=f"{error:.0f}")
    facts = [
        (words.say("people.chart.dominance"), _signed(position.dominance)),
        (words.say("people.chart.warmth"), _signed(position.warmth)),
        (words.say("people.chart.angle"), angle),
        (words.say("people.chart.length"), f"{position.length:.2f}"),
    ]
    said = words.say("people.chart", said=style)
    chart = circumplex(position.dominance, position.warmth, REACH, names, said)
    return Result(bars, chart, style, facts, "people.result.limits.circumplex")


def _signed(value: float) -> str:
    return hundredths(round(value * 100))


def _style(position: Position, words: Words) -> str:
    """What the place on the circumplex says, or that it says nothing."""
    if not position.letters:
        return words.say("people.style.none")
    first, *beside = position.letters
    said = words.say(f"people.style.{first.lower()}")
    return said + words.say("people.style.near", letter=beside[0]) if beside else said


def _bar(asked: Questionnaire, scale: Scale, scores: Mapping[str, Any], lang: str) -> Bar:
    item = asked.item(scale.items[0])
    values = [choice.value for choice in asked.choices_of(item)]
    times = len(scale.items) if scale.method == "sum" else 1
    value = scores.get(scale.name)
    return Bar(
        scale.title[lang], float(value or 0), min(values) * times, max(values) * times,
        scale.low[lang], scale.high[lang], missing=value is None,
    )  # fmt: skip
