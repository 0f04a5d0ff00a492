"""Reasons of the matching helper in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from troth.content.matching import matching

if TYPE_CHECKING:
    from collections.abc import Iterable

    from troth.content.protected import Trait
    from troth.guidance.matching import Reason
    from troth.pages.words import Words

#: (consideration, case) → phrase.
PHRASES: Final = {
    ("wish", "asked"): "match.why.wish.asked",
    ("wish", "declined"): "match.why.wish.declined",
    ("continuity", "open"): "match.why.continuity.open",
    ("trust", "none"): "match.why.trust.none",
    ("trust", "early"): "match.why.trust.early",
    ("trust", "good"): "match.why.trust.good",
    ("trust", "poor"): "match.why.trust.poor",
    ("language", "shared"): "match.why.language.shared",
    ("language", "unknown"): "match.why.language.unknown",
    ("language", "missing"): "match.why.language.missing",
    ("promises", "good"): "match.why.promises.good",
    ("promises", "poor"): "match.why.promises.poor",
    ("channel", "phone"): "match.why.channel.phone",
    ("channel", "writing"): "match.why.channel.writing",
    ("style", "quick"): "match.why.style.quick",
    ("style", "steady"): "match.why.style.steady",
    ("style", "task"): "match.why.style.task",
    ("style", "person"): "match.why.style.person",
    ("load", "busy"): "match.why.load.busy",
    ("skills", "shared"): "match.why.skills.shared",
    ("skills", "none"): "match.why.skills.none",
    ("skills", "unknown"): "match.why.skills.unknown",
}


def reason_said(reason: Reason, words: Words) -> str:
    """One reason as people read it."""
    values: dict[str, object] = {}
    for name, value in reason.values.items():
        if name in ("low", "high", "probability"):
            values[name] = words.share(float(str(value)))
        elif name == "languages":
            values[name] = _listed(value, matching().languages, words)
        elif name == "skills":
            values[name] = _listed(value, matching().strengths, words)
        else:
            values[name] = value
    return words.say(PHRASES[reason.what, reason.case], **values)


def _listed(keys: object, names: dict[str, dict[str, str]], words: Words) -> str:
    assert isinstance(keys, tuple)
    return words.say("list.between").join(names[key][words.lang] for key in keys)


def traits_said(traits: Iterable[Trait], words: Words) -> str:
    """Protected traits by name."""
    return words.say("list.between").join(trait.name[words.lang] for trait in traits)


def weighed(reasons: Iterable[Reason], words: Words) -> list[tuple[str, str]]:
    """Reasons with the side they speak for: ``good``, ``bad`` or empty."""
    return [
        ("good" if one.points > 0 else "bad" if one.points < 0 else "", reason_said(one, words))
        for one in reasons
    ]
