"""Who lives in the demo: houses with a culture, staff with habits, customers with a rhythm."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from troth.lab.demo.pages import HOUSES, page


@dataclass(frozen=True)
class Staff:
    """A member of staff; ``traits`` are latent log-odds by dimension, 0 is the house's average."""

    id: str
    names: dict[str, str]
    traits: dict[str, float]


@dataclass(frozen=True)
class House:
    """An organisation of the demo; ``culture`` shifts what all its staff do, in log-odds."""

    id: str
    short: str
    prefix: str
    names: dict[str, str]
    team: Staff
    zone: ZoneInfo
    rhythm_days: float
    busy_months: frozenset[int]
    culture: dict[str, float]
    staff: tuple[Staff, ...]
    scenes: tuple[dict[str, Any], ...]

    def find_staff(self, name: str) -> Staff:
        """Find a member of staff by the id without its prefix."""
        return next(person for person in self.staff if person.id == f"staff:{name}")


@dataclass(frozen=True)
class Customer:
    """A customer; ``home`` is the house they know best, ``cast`` says that a live story names them."""

    id: str
    names: dict[str, str]
    lang: str
    home: str
    cast: bool
    address: dict[str, str]
    surname: dict[str, str]


class _Listed(NamedTuple):
    """One line of the list of customers."""

    slug: str
    names: dict[str, str]
    lang: str
    sex: str


@cache
def demo_houses() -> tuple[House, ...]:
    """Return the three houses with their staff."""
    return tuple(_read_house(name) for name in HOUSES)


@cache
def demo_customers() -> tuple[Customer, ...]:
    """Return the 300 customers, a hundred a house, the same for every seed."""
    lists = page("customers")
    people = [
        *(_split(line, "zh") for line in lists["zh"]),
        *(_split(line, "en") for line in lists["en"]),
    ]
    cast = {
        story["customer"]: house
        for house in HOUSES
        for story in page(f"{house}_stories")["live"]
        if "customer" in story
    }
    free = {house: 100 - list(cast.values()).count(house) for house in HOUSES}
    customers = []
    for place, person in enumerate(people):
        home = cast.get(person.slug)
        if home is None:
            home = max(
                free, key=lambda house: (free[house], (HOUSES.index(house) + place) % len(HOUSES))
            )
            free[home] -= 1
        customers.append(_customer(person, home, cast=person.slug in cast))
    return tuple(customers)


def demo_names() -> dict[str, dict[str, str]]:
    """Return the display names of every party of the demo.

    Returns:
        Party or organisation id to ``{"zh": ..., "en": ...}``.
    """
    names = {person.id: person.names for person in demo_customers()}
    for house in demo_houses():
        names[house.id] = house.names
        names |= {person.id: person.names for person in (house.team, *house.staff)}
    return names


def _read_house(name: str) -> House:
    about = page(name)["house"]
    still = dict.fromkeys(("ability", "reliability", "integrity", "benevolence"), -0.3)
    return House(
        id=about["id"],
        short=about["short"],
        prefix=about["prefix"],
        names={"zh": about["zh"], "en": about["en"]},
        team=_read_staff({**about["team"], **still}),
        zone=ZoneInfo(about["zone"]),
        rhythm_days=float(about["rhythm_days"]),
        busy_months=frozenset(about["busy_months"]),
        culture=dict(about["culture"]),
        staff=tuple(_read_staff(row) for row in page(name)["staff"]),
        scenes=tuple(page(name)["scenes"]),
    )


def _read_staff(row: dict[str, Any]) -> Staff:
    names = {"zh": row["zh"], "en": row["en"]}
    traits = {
        name: float(row[name]) for name in ("ability", "reliability", "integrity", "benevolence")
    }
    return Staff(row["id"], names, traits)


def _split(line: str, tongue: str) -> _Listed:
    words = line.split()
    if tongue == "en":
        name = " ".join(words[:-1])
        return _Listed("-".join(words[:-1]).lower(), {"zh": name, "en": name}, "en", words[-1])
    written = " ".join(part.capitalize() for part in words[1].split("-"))
    lang = "en" if words[3:] == ["en"] else "zh"
    return _Listed(words[1], {"zh": words[0], "en": written}, lang, words[2])


def _customer(person: _Listed, home: str, *, cast: bool) -> Customer:
    chinese = person.names["zh"] != person.names["en"]
    first, last = person.names["en"].split(" ", 1)
    surname = {"zh": person.names["zh"][0], "en": first} if chinese else {"zh": last, "en": last}
    forms = page("shared")["slots"]["address"]
    address = {
        tongue: str(forms[tongue][person.sex]).format(surname=surname[tongue])
        for tongue in ("zh", "en")
    }
    prefix = page(home)["house"]["prefix"]
    return Customer(
        f"{prefix}:{person.slug}", person.names, person.lang, home, cast, address, surname
    )
