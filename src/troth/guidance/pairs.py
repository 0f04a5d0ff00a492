"""How two colleagues may work together: what both share of their styles, and what happened lately."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from troth.content.pairs import pair_rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: A hand-over, help or thanks counts as "lately" for so long.
RECENT_DAYS: Final = 30
#: Dealings without any thanks for so long are worth a word.
THANKLESS_DAYS: Final = 90
DROPPED, KEPT = "hand_over_dropped", "hand_over_kept"
KIND: Final = ("help_given", "thanks")
_DAY_US: Final = 86_400_000_000


@dataclass(frozen=True)
class Style:
    """A style as shared.

    Attributes:
        pace: ``quick`` or ``steady``, None where it is not clear; likewise ``focus``, ``task`` or ``person``.
    """

    pace: str | None = None
    focus: str | None = None


@dataclass(frozen=True)
class Advice:
    """One line for a pair.

    Attributes:
        key: of its rule.
        say: what to do, in the reader's language.
        why: the reason.
    """

    key: str
    say: str
    why: str


@dataclass(frozen=True)
class PairFacts:
    """What is known of two colleagues, as rules ask for it.

    Attributes:
        pace: a value of ``CONDITIONS``; likewise ``focus``.
        lately: all situations that hold.
        sides: ``quick``, ``steady``, ``task``, ``person`` → name of the one of the two, where they differ.
    """

    pace: str
    focus: str
    lately: frozenset[str]
    sides: Mapping[str, str] = field(default_factory=dict)


def pair_facts(
    names: tuple[str, str], styles: tuple[Style | None, Style | None], lately: frozenset[str]
) -> PairFacts:
    """Compare two colleagues.

    Args:
        names: as the reader's language sets them.
        styles: what each shares with colleagues; None where they share nothing.
        lately: see ``lately_of``.

    >>> pair_facts(("Li", "Wang"), (Style("quick", "task"), Style("steady", "task")), frozenset()).sides
    {'quick': 'Li', 'steady': 'Wang'}
    """
    found: dict[str, str] = {}
    sides: dict[str, str] = {}
    for what in ("pace", "focus"):
        mine, theirs = (getattr(style, what, None) for style in styles)
        if mine is None or theirs is None:
            found[what] = "unknown"
        elif mine == theirs:
            found[what] = f"same_{mine}"
        else:
            found[what] = "different"
            sides |= {mine: names[0], theirs: names[1]}
    return PairFacts(found["pace"], found["focus"], lately, sides)


def lately_of(
    happened: Sequence[tuple[str, int]], now_us: int, *, strained: bool = False
) -> frozenset[str]:
    """Situations that hold between two colleagues.

    Args:
        happened: (kind, t_us) of what stands on record between them, either way.
        now_us: microseconds UTC.
        strained: whether trust either way is falling or in repair.
    """
    recent = {kind for kind, t_us in happened if t_us > now_us - RECENT_DAYS * _DAY_US}
    season = {kind for kind, t_us in happened if t_us > now_us - THANKLESS_DAYS * _DAY_US}
    holds = {
        "new": not happened,
        "dropped": DROPPED in recent,
        "kept": KEPT in recent and DROPPED not in recent,
        "thanked": not recent.isdisjoint(KIND) and not strained,
        "few_thanks": bool(season) and season.isdisjoint(KIND) and not strained,
        "strained": strained,
    }
    return frozenset(name for name, true in holds.items() if true)


def advise_pair(facts: PairFacts, lang: str) -> list[Advice]:
    """The advice that fits, in the order of the content.

    Args:
        facts: of the pair.
        lang: ``zh`` or ``en``.
    """
    return [
        Advice(rule.key, rule.say[lang].format(**facts.sides), rule.why[lang])
        for rule in pair_rules()
        if all(_holds(facts, name, value) for name, value in rule.when.items())
    ]


def _holds(facts: PairFacts, name: str, value: str) -> bool:
    return value in facts.lately if name == "lately" else getattr(facts, name) == value
