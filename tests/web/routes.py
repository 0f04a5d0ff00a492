"""Every address of the desk, and what to fill its gaps with."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

if TYPE_CHECKING:
    from troth.web.parties.models import Party

#: What stands in an address and is no id: each word is tried.
WORDS = {
    "deed": (
        "contact", "peace", "kept", "broken", "moved", "confirmed", "dismissed", "dropped",
        "overruled", "taken-back", "reread", "answered",
    ),
    "name": ("confirm", "dismiss", "keep", "break", "move", "try", "on", "off", "forget"),
    "kind": ("organisation", "team", "staff"),
    "what": ("events", "parties", "promises"),
    "ending": ("csv", "jsonl"),
    "questionnaire": ("ipip_ipc",),
}  # fmt: skip


@dataclass(frozen=True)
class Thing:
    """One object of every kind, all under the same number and key.

    Attributes:
        number: where it goes by a number.
        key: where it goes by a key.
        house: the organisation that it is with.
    """

    number: int
    key: str
    house: Party

    def fills(self, gap: str, *, by_key: bool) -> tuple[object, ...]:
        """What may stand in a gap of an address."""
        if gap in WORDS:
            return WORDS[gap]
        if gap == "trusted":
            return (self.house.key if by_key else self.house.pk,)
        if gap in ("colleague", "fellow"):
            staff = self.house.people.filter(kind="staff").order_by("pk")
            one = staff[gap == "fellow"]
            return (one.key if by_key else one.pk,)
        return (self.key if by_key else self.number,)


@dataclass(frozen=True)
class Route:
    """One address.

    Attributes:
        name: with its namespaces, or the pattern where it has none.
        pattern: regular expression of the path, without the first slash.
        view: what answers.
    """

    name: str
    pattern: str
    view: Any

    def deed(self, method: str) -> str | None:
        """What one must be allowed to do; None where the view does not say or knows no such method."""
        told = getattr(self.view, "deed", None)
        return told.get(method) if isinstance(told, dict) else told

    @property
    def tells(self) -> bool:
        """Whether the view says what it asks for."""
        return bool(getattr(self.view, "deed", None))

    @property
    def gaps(self) -> list[str]:
        """Names of what is to be filled in."""
        return normalize(self.pattern)[0][1]

    @property
    def has_id(self) -> bool:
        """Whether it leads to one object."""
        return any(gap not in WORDS for gap in self.gaps)

    def paths(self, thing: Thing) -> list[str]:
        """The addresses of one object, once for each word that fits: by key, else by number."""
        return self._filled(thing, by_key=True) or self._filled(thing, by_key=False)

    def _filled(self, thing: Thing, *, by_key: bool) -> list[str]:
        form, gaps = normalize(self.pattern)[0]
        choices = [thing.fills(gap, by_key=by_key) for gap in gaps]
        filled = [form % dict(zip(gaps, one, strict=True)) for one in itertools.product(*choices)]
        return ["/" + path for path in filled if re.fullmatch(self.pattern, path)]


def routes() -> list[Route]:
    """Every route of the urlconf, at whatever depth."""
    return list(_under(get_resolver(), "", ""))


def _under(resolver: URLResolver, prefix: str, space: str):
    for one in resolver.url_patterns:
        pattern = prefix + one.pattern.regex.pattern.removeprefix("^")
        if isinstance(one, URLPattern):
            yield Route(space + (one.name or normalize(pattern)[0][0]), pattern, one.callback)
        else:
            yield from _under(one, pattern, f"{one.namespace}:" if one.namespace else space)
