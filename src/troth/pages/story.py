"""The sentences of a relationship's page, the same in the terminal and in HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from troth.content.kinds import codebook
from troth.content.sources import sources
from troth.content.stages import checklists
from troth.trust.stage import STAGES

if TYPE_CHECKING:
    from troth.pages.words import Words
    from troth.trust.change import Change
    from troth.trust.explain import Contribution, Explanation

_CHANGE_PHRASES: Final = (
    "promise_kept", "promise_broken", "complaint_opened", "complaint_resolved", "survey",
)  # fmt: skip


def title(told: Explanation, words: Words) -> str:
    """Who trusts whom."""
    truster, trustee = (words.set_in(words.name(party)) for party in (told.truster, told.trustee))
    return words.say("explain.title", truster=truster, trustee=trustee).strip()


def stage_since(told: Explanation, words: Words) -> str:
    """Since when the stage stands; empty where it is the first one."""
    if told.stage_since_us is None:
        return ""
    return words.say("explain.stage_since", date=words.date(told.stage_since_us))


def repair_reason(told: Explanation, words: Words) -> str:
    """Why the overlay repair is on."""
    if told.open_breaches:
        return words.count("explain.repair", told.open_breaches)
    return words.say("explain.repair.fresh")


def latest_hurt(told: Explanation) -> Contribution | None:
    """The latest own event that let trust down."""
    kinds = codebook()
    hurts = [
        c
        for c in told.contributions
        if c.own and c.phi < 0 and c.kind in kinds and kinds[c.kind].opens
    ]
    return max(hurts, key=lambda c: (c.t_us, c.event_id), default=None)


def event_label(told: Explanation, event: Contribution, words: Words) -> str:
    """What an event was, and with whom where it lies outside the relationship."""
    kind = words.kind(event.kind)
    if event.own:
        return words.start(kind)
    if event.truster == told.truster:
        name = words.name(event.trustee)
        return words.start(words.say("explain.other_party", kind=kind, name=name))
    return words.start(words.say("explain.other_person", kind=kind))


def quoted(told: Explanation, event: Contribution, words: Words, most: int = 280) -> str:
    """An event's words; what other people said stays on their own pages."""
    return words.quote(event.text, most) if event.truster == told.truster else ""


def changes(told: Explanation, words: Words) -> list[str]:
    """What would change the stage, a sentence each; events that do the same share one."""
    same: dict[tuple[Any, ...], list[Change]] = {}
    for change in told.changes:
        does = (
            change.count,
            round(change.days),
            change.stage,
            change.repair,
            round(change.probability, 2),
        )
        same.setdefault(does, []).append(change)
    return [_change(told, group, words) for group in same.values()]


def _change(told: Explanation, group: list[Change], words: Words) -> str:
    first = group[0]
    names = [_events(change, words) for change in group]
    result = words.say("explain.change.and").join(_results(told, first, words))
    if told.enough:
        result = words.say(
            "explain.change.then", result=result, share=words.share(first.probability)
        )
    sentence = words.say(
        "explain.change.sentence",
        events=words.say("explain.change.or").join(names),
        span=words.span(first.days),
        result=result,
    )
    return words.start(sentence)


def _events(change: Change, words: Words) -> str:
    if change.kind in _CHANGE_PHRASES:
        return words.count(f"change.{change.kind}", change.count)
    return words.count("change.other", change.count, kind=words.kind(change.kind))


def _results(told: Explanation, change: Change, words: Words) -> list[str]:
    found = []
    here = STAGES.index(told.stage)
    if change.stage != here:
        way = "enter" if change.stage > here else "leave"
        stage = words.say(f"stage.{STAGES[change.stage]}")
        found.append(words.say(f"explain.change.{way}", stage=stage))
    if change.repair != told.repair:
        found.append(words.say(f"explain.change.repair_{'on' if change.repair else 'off'}"))
    elif change.repair:
        found.append(words.say("explain.change.still"))
    return found


def checklist(name: str, facts: dict[str, dict[str, Any]], words: Words) -> list[dict[str, str]]:
    """A stage's checklist: what is asked, what the ledger says about it, and its source."""
    return [
        {
            "ask": ask.words(words.lang),
            "fact": _fact(ask.measure, facts, words) if ask.measure else "",
            "source": "" if ask.source == "our_choice" else short_citation(ask.source),
        }
        for ask in checklists()[name]
    ]


def short_citation(source: str) -> str:
    """First author and year, as a reader looks it up in the list of sources.

    >>> short_citation("kim2004")
    'Kim et al. 2004'
    """
    citation = sources()[source].citation
    year = re.search(r"\b(?:19|20)\d\d\b", citation)
    authors = citation[: year.start() if year else None].strip(" (")
    several = " et al." if "&" in authors else ""
    return f"{authors.partition(',')[0]}{several} {year[0] if year else ''}".strip()


def cited(names: list[str]) -> list[str]:
    """Full citations behind the checklists of some stages, in order of author."""
    keys = {ask.source for name in names for ask in checklists()[name]} - {"our_choice"}
    return sorted(sources()[key].citation for key in keys)


def _fact(measure: str, facts: dict[str, dict[str, Any]], words: Words) -> str:
    figures = facts.get(measure)
    if figures is None:
        return ""
    if measure == "last_contact":
        return words.say("fact.last_contact", span=words.span(figures["days"]))
    if measure in {"promises", "preferences"} and not any(figures.values()):
        return words.say(f"fact.{measure}.none")
    return words.say(f"fact.{measure}", **figures)


def parameters_source(told: Explanation, words: Words) -> str:
    """Where the weights come from, by their stamp."""
    stamp = told.parameters.stamp
    if "fitted_on" in stamp:
        return words.say(
            "explain.numbers.fitted",
            events=f"{stamp.get('events', 0):,}",
            outcomes=f"{stamp.get('outcomes', 0):,}",
            last=str(stamp.get("last_event", "?")),
            fingerprint=str(stamp["fitted_on"])[:12],
        )
    shipped = "shipped" in str(stamp.get("source", ""))
    return words.say("explain.numbers.shipped" if shipped else "explain.numbers.elsewhere")
