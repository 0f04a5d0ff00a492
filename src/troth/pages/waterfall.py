"""The sums behind a belief as rows of a waterfall: a label, a bar, a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from troth.pages import story
from troth.pages.charts import step_bar
from troth.pages.sums import by_event, by_origin, steps
from troth.pages.words import hundredths

if TYPE_CHECKING:
    from collections.abc import Mapping

    from troth.pages.sums import ByEvent, ByOrigin
    from troth.pages.words import Words
    from troth.trust.explain import Explanation

#: Events that have a row of their own.
LARGEST: Final = 12


def waterfall(told: Explanation, numbers: Mapping[str, int], words: Words) -> dict[str, Any]:
    """The belief as a sum over origins, and what they add as a sum over events.

    Args:
        told: the explanation, with evidence enough for numbers.
        numbers: place of the relationship's own events, by event id.
        words: of the reader.

    Returns:
        ``origins`` and ``events``: rows of label, value, side and bar; ``total``, ``total_is``,
        ``evidence``; ``silent``: a sentence on origins without evidence.
    """
    origins = by_origin(told)
    events = by_event(told, origins.evidence, LARGEST)
    silent = words.say("list.between").join(words.say(f"origin.{o}") for o in origins.silent)
    return {
        "origins": _origin_rows(origins, words),
        "total": hundredths(origins.total),
        "total_is": words.say("explain.total_is", share=words.share(told.probability)),
        "silent": words.say("explain.silent_origins", origins=silent) if silent else "",
        "events": _event_rows(told, events, numbers, words),
        "evidence": hundredths(events.total),
    }


def side_of(value: float) -> str:
    """``good``, ``bad`` or ``still``: the class of a figure."""
    return "good" if value > 0 else "bad" if value < 0 else "still"


def _origin_rows(sums: ByOrigin, words: Words) -> list[dict[str, Any]]:
    values = [value for bar in sums.bars for value in (bar.good, bar.bad)] + [sums.covariates]
    runs = steps(sums.baseline, values)
    ends = [sums.baseline, *(end for _, end in runs)]
    room = max(10, max(ends) - min(ends)) * 0.04
    bounds = (min(ends) - room, max(ends) + room)
    start = step_bar([], bounds, sums.baseline)
    found = [_row(words.say("explain.baseline"), sums.baseline, start, words)]
    for i, bar in enumerate(sums.bars):
        both = (
            words.say("explain.for", value=hundredths(bar.good)),
            words.say("explain.against", value=hundredths(bar.bad)),
        )
        drawn = step_bar(runs[2 * i : 2 * i + 2], bounds, sums.baseline)
        row = _row(words.say(f"origin.{bar.origin}"), bar.net, drawn, words)
        found.append(row | {"detail": " · ".join(both)})
    if sums.covariates:
        drawn = step_bar(runs[-1:], bounds, sums.baseline)
        found.append(_row(words.say("explain.covariates"), sums.covariates, drawn, words))
    return found


def _event_rows(
    told: Explanation, sums: ByEvent, numbers: Mapping[str, int], words: Words
) -> list[dict[str, Any]]:
    rests = [
        (words.count(key, rest.count), rest.value)
        for rest, key in ((sums.own, "explain.smaller_own"), (sums.others, "explain.others"))
        if rest.count
    ]
    if sums.untold is not None:
        rests.append((words.say("explain.untold"), sums.untold))
    values = [bar.value for bar in sums.bars] + [value for _, value in rests]
    widest = max((abs(value) for value in values), default=1) or 1
    found = []
    for bar in sums.bars:
        event, drawn = bar.told, step_bar([(0, bar.value)], (-widest, widest), 0)
        found.append(
            _row(story.event_label(told, event, words), bar.value, drawn, words)
            | {
                "date": words.date(event.t_us),
                "words": story.quoted(told, event, words),
                "number": numbers.get(event.event_id),
            }
        )
    for label, value in rests:
        drawn = step_bar([(0, value)], (-widest, widest), 0)
        found.append(_row(label, value, drawn, words))
    return found


def _row(label: str, value: int, bar: Any, words: Words) -> dict[str, Any]:
    return {
        "label": words.start(label), "value": hundredths(value), "side": side_of(value), "bar": bar,
    }  # fmt: skip
