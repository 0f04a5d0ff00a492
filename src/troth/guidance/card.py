"""The card: which rules apply now, which give way to which, and why each line stands there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from troth.content.card_facts import PARTS, facts_known, gravity
from troth.content.cards import rules
from troth.content.origins import ORIGINS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from troth.content.cards import Rule
    from troth.guidance.facts import Fact, Facts, Reason

#: What counts first where two lines disagree: harm that must be met at once, then who said so of the
#: person, then what is on record, then the stage alone. Our choice, decision 0028.
RANKS: Final = ("harm", *ORIGINS, "situation", "stage")
#: More than a glance takes in is not read before a talk.
MOST: Final = 12
MOST_A_PART: Final = 2
#: Parts whose second line is worth as much as another part's first.
_DOUBLE: Final = ("first", "avoid")
#: Parts in which a harm is spoken of before anything else.
_OF_HARM: Final = ("open", "first", "avoid", "stage")
#: Parts that a short card is made of before all others.
_SHORT: Final = ("first", "avoid", "steady")


@dataclass(frozen=True)
class Line:
    """One line of a card.

    Attributes:
        rule: what it advises.
        held: the facts that brought it up, the graver first.
        rank: of ``RANKS``.
        over: the line that it stands in place of, because of harm; None for most.
    """

    rule: Rule
    held: tuple[Fact, ...]
    rank: str
    over: Line | None = None

    @property
    def origin(self) -> str:
        """Who said so of the person, the least telling of several; "" where nobody had to."""
        found = [fact.reason.origin for fact in self.held if facts_known()[fact.name].origins]
        return max(found, key=ORIGINS.index, default="")

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why it stands here; how one is in touch is no reason beside another."""
        told = [fact for fact in self.held if fact.name != "channel"] or list(self.held)
        return tuple(dict.fromkeys(fact.reason for fact in told))


@dataclass(frozen=True)
class Card:
    """Lines in the order of ``PARTS``, within a part what speaks of harm first, then what counts first."""

    lines: tuple[Line, ...]

    def of(self, part: str) -> list[Line]:
        """The lines of a part."""
        return [line for line in self.lines if line.rule.part == part]

    def shortened(self, most: int) -> Card:
        """The first lines to read: as many as ``most``; what to say and how to steady before the rest."""
        ranked = sorted(
            self.lines, key=lambda line: (line.rule.part not in _SHORT, *_urgency(line))
        )
        kept = {line.rule.name for line in ranked[:most]}
        return Card(tuple(line for line in self.lines if line.rule.name in kept))


def card_of(facts: Facts, most: int = MOST, chosen: Sequence[Rule] | None = None) -> Card:
    """Choose the lines of a card.

    While something waits for repair, the repair is what the stage needs, and lines of the stage rest.
    Where two lines would set one lever differently, the one that counts less is left out: by ``RANKS``,
    then by how many facts it asks for, then by the gravest of them, then by its place in the content.

    Args:
        facts: all that holds now.
        most: lines on a card.
        chosen: the rules to choose from; all of them by default.

    Returns:
        At most ``most`` lines, at most two a part.
    """
    held = brought_up(facts, chosen)
    if facts.meets("repair", True):
        held = [line for line in held if not (line.rank == "stage" and "stage" in line.rule.when)]
    lines = _agreeing(sorted(held, key=precedence))
    seen: dict[str, int] = dict.fromkeys(PARTS, 0)
    ranked = []
    for line in sorted(lines, key=_urgency):
        turn = seen[line.rule.part]
        seen[line.rule.part] += 1
        if turn < MOST_A_PART:
            later = turn > 0 and line.rule.part not in _DOUBLE
            ranked.append((later, *_urgency(line), line))
    kept = [row[-1] for row in sorted(ranked, key=lambda row: row[:-1])[:most]]
    return Card(tuple(sorted(kept, key=lambda line: PARTS.index(line.rule.part))))


def brought_up(facts: Facts, chosen: Sequence[Rule] | None = None) -> list[Line]:
    """Every line whose facts hold, whether or not it agrees with others."""
    return [line for rule in (rules() if chosen is None else chosen) for line in _held(rule, facts)]


def precedence(line: Line) -> tuple[int, int, int, int]:
    """What counts first; smaller goes before."""
    gravest = min(gravity()[fact] for fact in line.rule.when)
    return RANKS.index(line.rank), -len(line.rule.when), gravest, line.rule.place


def _urgency(line: Line) -> tuple[int, int, int, int, int, int]:
    """What is read first: not to ring, how to meet a feeling or a harm in words, then what counts first."""
    of_harm = line.rule.harms and line.rule.part in _OF_HARM
    met = of_harm or line.rule.part == "steady"
    return int(not _before_ringing(line)), int(not met), *precedence(line)


def _before_ringing(line: Line) -> bool:
    """Whether it says that they asked not to be rung, to somebody who is about to."""
    return line.rule.part == "open" and "asked_contact" in line.rule.when


def rank_of(rule: Rule, held: Iterable[Fact]) -> str:
    """The class of ``RANKS`` in which a rule stands, given the facts that brought it up."""
    if rule.overrules:
        return "harm"
    stated = [fact.reason.origin for fact in held if facts_known()[fact.name].origins]
    if stated:
        return max(stated, key=ORIGINS.index)
    return "stage" if set(rule.when) <= {"stage", "channel"} else "situation"


def _held(rule: Rule, facts: Facts) -> list[Line]:
    """The line of a rule, where all that it asks for holds."""
    met = []
    for name in rule.when:
        fact = facts.meets(name, rule.when[name])
        if fact is None:
            return []
        met.append(fact)
    met.sort(key=lambda fact: gravity()[fact.name])
    return [Line(rule, tuple(met), rank_of(rule, met))]


def _agreeing(lines: Iterable[Line]) -> list[Line]:
    """Of lines in order of precedence those that agree with all before them."""
    set_by: dict[str, Line] = {}
    kept: list[Line] = []
    for line in lines:
        against = [
            set_by[lever] for lever, value in line.rule.sets.items()
            if lever in set_by and set_by[lever].rule.sets[lever] != value
        ]  # fmt: skip
        if against:
            names = {other.rule.name for other in against}
            kept = [_over(own, line) if own.rule.name in names else own for own in kept]
            continue
        kept.append(line)
        for lever in line.rule.sets:
            set_by.setdefault(lever, line)
    return kept


def _over(winner: Line, loser: Line) -> Line:
    """The winner, saying what it stands in place of where it goes before somebody's own style."""
    style = loser.origin and winner.rank == "harm" and winner.over is None
    return replace(winner, over=loser) if style else winner
