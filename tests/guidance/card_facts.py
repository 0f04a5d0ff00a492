"""Facts for tests: built by name and value, with a reason that fits."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from troth.content.card_facts import facts_known
from troth.guidance.facts import Fact, Facts, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from troth.content.cards import Rule


def fact(name: str, value: Any, origin: str = "") -> Fact:
    """A fact; a statement rests on one's own words unless another origin is named."""
    if facts_known()[name].origins:
        return Fact(name, value, Reason("stated", t_us=1, by="Li Na", origin=origin or "own_words"))
    return Fact(name, value, Reason("event", "e1", 1, "so", kind="contact"))


def facts(*, origins: Mapping[str, str] | None = None, **values: Any) -> Facts:
    """Facts of some names; several values as a tuple."""
    said_by = origins or {}
    return Facts(
        fact(name, one, said_by.get(name, ""))
        for name, value in values.items()
        for one in (value if isinstance(value, tuple) else (value,))
    )


def together(first: Rule, second: Rule) -> dict[str, Any] | None:
    """What must hold for both rules; None where they exclude each other."""
    whole: dict[str, Any] = {}
    for name in {**first.when, **second.when}:
        wanted = [rule.when[name] for rule in (first, second) if name in rule.when]
        asked = facts_known()[name]
        if asked.counted:
            whole[name] = max(wanted)
        elif len(set(wanted)) == 1:
            whole[name] = wanted[0]
        elif asked.many:
            whole[name] = tuple(wanted)
        else:
            return None
    return whole


def origins_of(values: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Every way in which the statements among some facts may have been said."""
    stated = [name for name in values if facts_known()[name].origins]
    for chosen in product(*(facts_known()[name].origins for name in stated)):
        yield dict(zip(stated, chosen, strict=True))
