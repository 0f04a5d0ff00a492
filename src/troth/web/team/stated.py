"""What colleagues state of themselves, and what they may choose from."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from troth.content.matching import matching
from troth.web.team.models import Skill

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind = Skill.Kind
Stated = dict[str, frozenset[str]]


@cache
def choices() -> dict[str, dict[str, dict[str, str]]]:
    """Kind of statement → value → what it is called, by language."""
    told = matching()
    learners = {str(n): {"zh": str(n), "en": str(n)} for n in range(1, told.learners["most"] + 1)}
    return {
        str(Kind.LANGUAGE): told.languages,
        str(Kind.STRENGTH): told.strengths,
        str(Kind.WANTED): told.strengths,
        str(Kind.WISH): told.wishes,
        str(Kind.LEARNERS): learners,
    }


def stated_by(parties: Iterable[int]) -> dict[int, Stated]:
    """What some colleagues state: number of the party → kind → values."""
    found: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = Skill.objects.filter(party__in=list(parties))
    for party, kind, value in rows.values_list("party", "kind", "value"):
        found[party][kind].add(value)
    return {
        party: {kind: frozenset(values) for kind, values in kinds.items()}
        for party, kinds in found.items()
    }


def of(stated: dict[int, Stated], party: int, kind: str) -> frozenset[str]:
    """What one colleague states of one kind."""
    return stated.get(party, {}).get(kind, frozenset())


def capacity(stated: dict[int, Stated], party: int) -> int:
    """How many learners a coach takes."""
    told = of(stated, party, Kind.LEARNERS)
    return int(next(iter(told))) if told else matching().learners["usual"]
