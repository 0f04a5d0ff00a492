"""Who suits a customer: proposed from what both lived and said, with reasons, by a closed list.

The types hold nothing else, so that sex, age, origin and the like cannot weigh in, whatever is on record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from troth.content.matching import matching

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_STYLE: Final = ("pace", "focus")
#: Channel wished → the strength that suits it.
_CHANNELS: Final = {"phone": "phone", "message": "writing", "email": "writing"}


@dataclass(frozen=True)
class Trust:
    """What one believes of the other from own experience alone.

    Attributes:
        probability: that the next encounter honours trust.
        low: of its 90% interval.
        high: likewise.
        enough: whether there are two pieces of evidence; without, it weighs nothing.
    """

    probability: float
    low: float
    high: float
    enough: bool


@dataclass(frozen=True)
class Need:
    """What a customer brings, in their own words or on record.

    Attributes:
        languages: those they like to be met in; empty where none is known.
        asked: id → whether they asked for that colleague (True) or for another one (False).
        channel: ``phone``, ``message``, ``email`` or ``in_person``, None where not stated.
        pace: ``quick`` or ``steady``, None where not stated; likewise ``focus``, ``task`` or ``person``.
    """

    languages: frozenset[str] = frozenset()
    asked: Mapping[str, bool] = field(default_factory=dict)
    channel: str | None = None
    pace: str | None = None
    focus: str | None = None


@dataclass(frozen=True)
class Load:
    """What somebody carries today: open promises, and repairs that wait."""

    promises: int = 0
    repairs: int = 0


@dataclass(frozen=True)
class Candidate:
    """What is weighed of one member of staff, for one customer.

    Attributes:
        id: any.
        languages: as they stated; likewise ``strengths``.
        trust: the customer's trust in them; None where the two never met.
        kept: promises kept to this customer; likewise ``broken``.
        open_with: promises and repairs that are open between the two.
        load: what they carry today.
        pace: of a style they share, else None; likewise ``focus``.
    """

    id: str
    languages: frozenset[str] = frozenset()
    strengths: frozenset[str] = frozenset()
    trust: Trust | None = None
    kept: int = 0
    broken: int = 0
    open_with: int = 0
    load: Load = field(default_factory=Load)
    pace: str | None = None
    focus: str | None = None


@dataclass(frozen=True)
class Reason:
    """One thing that was weighed.

    Attributes:
        what: a consideration of the closed list.
        case: which case of it; ``what.case`` ends the key of its phrase.
        points: hundredths, for or against; 0 where it only says what is not known.
        values: what fills the phrase.
    """

    what: str
    case: str
    points: int
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """One candidate with all that was weighed."""

    id: str
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> int:
        """Hundredths, all reasons together."""
        return sum(reason.points for reason in self.reasons)


def propose_staff(need: Need, candidates: Iterable[Candidate]) -> list[Proposal]:
    """Propose who might look after a customer.

    Args:
        need: the customer's side.
        candidates: the staff's.

    Returns:
        All of them, those for whom most speaks first; equals by id.

    Source: our choice, decision 0031.

    >>> li, wang = Candidate("li"), Candidate("wang", languages=frozenset({"en"}))
    >>> [one.id for one in propose_staff(Need(frozenset({"en"})), [li, wang])]
    ['wang', 'li']
    """
    weighed = [Proposal(one.id, tuple(_reasons(need, one))) for one in candidates]
    return sorted(weighed, key=lambda one: (-one.points, one.id))


def _reasons(need: Need, one: Candidate) -> Iterator[Reason]:
    most = matching().weighs["customer"]
    asked = need.asked.get(one.id)
    if asked is not None:
        yield Reason("wish", "asked" if asked else "declined", most["wish"] * (1 if asked else -1))
    if one.open_with:
        yield Reason("continuity", "open", most["continuity"], {"number": one.open_with})
    yield trust_reason(one.trust, most["trust"])
    if need.languages:
        yield language_reason(need.languages, one.languages, most["language"])
    if one.kept or one.broken:
        yield _promises(one, most["promises"])
    strength = _CHANNELS.get(need.channel or "")
    if strength is not None and strength in one.strengths:
        yield Reason("channel", strength, most["channel"])
    yield from _style(need, one, most["style"])
    yield from load_reason(one.load, most["load"])


def trust_reason(trust: Trust | None, most: int) -> Reason:
    """Own experience, by the lower end of its interval: little evidence weighs little.

    Args:
        trust: None where the two never met.
        most: hundredths at most.
    """
    if trust is None:
        return Reason("trust", "none", 0)
    if not trust.enough:
        return Reason("trust", "early", 0)
    points = round(most * (2 * trust.low - 1))
    told = {"low": trust.low, "high": trust.high, "probability": trust.probability}
    return Reason("trust", "good" if points > 0 else "poor", points, told)


def language_reason(wanted: frozenset[str], spoken: frozenset[str], most: int) -> Reason:
    """Whether there is a language for both.

    Args:
        wanted: keys of languages, at least one.
        spoken: those stated; empty where nothing was stated, which weighs nothing.
        most: hundredths at most.
    """
    shared = sorted(wanted & spoken)
    if shared:
        return Reason("language", "shared", most, {"languages": tuple(shared)})
    if not spoken:
        return Reason("language", "unknown", 0)
    return Reason("language", "missing", -most, {"languages": tuple(sorted(wanted))})


def load_reason(load: Load, most: int) -> Iterator[Reason]:
    """What somebody carries already, which speaks for giving them a rest; nothing where they are free."""
    each = matching().load
    taken = load.promises * each["promise"] + load.repairs * each["repair"]
    if taken:
        told = {"promises": load.promises, "repairs": load.repairs}
        yield Reason("load", "busy", -min(most, taken), told)


def _promises(one: Candidate, most: int) -> Reason:
    share = (one.kept - 2 * one.broken) / (one.kept + one.broken + 2)
    points = round(most * max(-1.0, min(1.0, share)))
    told = {"kept": one.kept, "all": one.kept + one.broken}
    return Reason("promises", "good" if points >= 0 else "poor", points, told)


def _style(need: Need, one: Candidate, most: int) -> Iterator[Reason]:
    for name in _STYLE:
        wish, style = getattr(need, name), getattr(one, name)
        if wish and wish == style:
            yield Reason("style", wish, most // len(_STYLE))
