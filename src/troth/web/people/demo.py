"""What the demo knows of its people: questionnaires, forms, notes, and how a house works together.

All of it hangs on parties and users of the demo, and goes with them.
"""

from __future__ import annotations

from math import cos, radians, sin
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from troth.content.origins import COLLEAGUE_NOTE, OWN_WORDS
from troth.content.questionnaires import questionnaires
from troth.lab.demo.pages import page
from troth.lab.demo.people import demo_customers, demo_houses
from troth.people.circumplex import ANGLES, CENTRE
from troth.people.group import LEAST
from troth.people.known import WISHES
from troth.people.names import first_name
from troth.traces.decay import DAY_US
from troth.web.accounts.actor import write_audit
from troth.web.accounts.models import User
from troth.web.parties.models import Party
from troth.web.people.actions.culture import quarter_of
from troth.web.people.actions.own_words import OWN_DAYS
from troth.web.people.actions.statements import NOTE_DAYS, STYLE_DAYS, TAPPED
from troth.web.people.asked import besides, wishes_form
from troth.web.people.models import CultureAnswer, OwnSitting, Sitting, Statement
from troth.web.people.scored import scores_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from troth.content.questionnaires import Questionnaire
    from troth.lab.demo.people import Customer
    from troth.web.accounts.actor import Actor

#: Shares of customers who filled in the form, whom a colleague noted, of whom a need is known.
FORM, NOTED, NEED = 0.3, 0.25, 0.3
#: Answers on working together, by house.
CULTURE: Final = {"hotel": 7, "shop": 3}
#: Customers who answered on their trust, by house.
ASKED: Final = {"hotel": 6, "shop": 2}
#: What each colleague has taken.
TAKEN: Final = ("ipip_ipc", "mini_ipip", "empathy")


def dress_people(actor: Actor, rng: Random) -> None:
    """Let the demo's people have answered, and been noted.

    Args:
        actor: with the demo's present as its time.
        rng: decides who said what.
    """
    told, when = page("people"), (rng, actor.now_us)
    parties = {party.key: party for party in Party.objects.filter(demo=True)}
    users = {user.username: user for user in User.objects.filter(demo=True).exclude(party=None)}
    with transaction.atomic():
        sat = list(_sittings(told, users, when))
        Sitting.objects.bulk_create(sat)
        rows = [
            row
            for person in demo_customers()
            for row in _statements(told, person, parties, (list(users.values()), *when))
        ]
        Statement.objects.bulk_create(rows)
        renamed = {row.party for row in rows if row.what == "address"}
        Party.objects.bulk_update(renamed, ["address_zh", "address_en"])
        CultureAnswer.objects.bulk_create(_culture(told, parties, when))
        own, apart = _trust(parties, actor.now_us)
        OwnSitting.objects.bulk_create(own)
        CultureAnswer.objects.bulk_create(apart)
        write_audit(actor, "dress_people", rows=len(sat) + len(rows))


def _sittings(
    told: dict[str, Any], users: dict[str, User], when: tuple[Random, int]
) -> Iterator[Sitting]:
    rng, now_us = when
    for name, style in told["styles"].items():
        for taken in TAKEN:
            asked = questionnaires()[taken]
            if asked.result == "circumplex":
                answers = circle_answers(asked, (style[0], style[1]), rng)
            else:
                answers = {
                    item.name: rng.choice(asked.choices_of(item)[1:]).value for item in asked.items
                }
            done_us = now_us - rng.randrange(8, 60) * DAY_US
            yield Sitting(
                user=users[name], questionnaire=taken, shared=told["shared"][name], begun_us=done_us,
                done_us=done_us, until_us=done_us + asked.keeps_days * DAY_US, answers=answers,
                scores=scores_of(asked, answers),
            )  # fmt: skip


def circle_answers(asked: Questionnaire, style: tuple[float, float], rng: Random) -> dict[str, int]:
    """Answers of somebody with a style.

    Args:
        asked: a questionnaire of the circumplex, answered from 1 to 5.
        style: dominance and warmth, seen from the published middle.
        rng: scatters them a little.
    """
    up, right = style[0] + CENTRE[0], style[1] + CENTRE[1]
    answers = {}
    for item in asked.items:
        angle = radians(ANGLES[item.scale])
        value = 3 + up * sin(angle) + right * cos(angle) + rng.uniform(-0.5, 0.5)
        answers[item.name] = min(5, max(1, round(6 - value if item.reversed else value)))
    return answers


def _statements(
    told: dict[str, Any],
    person: Customer,
    parties: dict[str, Party],
    when: tuple[list[User], Random, int],
) -> Iterator[Statement]:
    """What one customer said, and what was noted of them."""
    users, rng, now_us = when
    house = next(house for house in demo_houses() if house.short == person.home)
    at = {"party": parties[person.id], "house": parties[house.id]}
    inside = [user for user in users if user.house_id == at["house"].pk]
    if rng.random() < FORM:
        t_us = now_us - rng.randrange(3, 200) * DAY_US
        for item in wishes_form().items:
            value = person.lang if item.name == "lang" else rng.choice(WISHES[item.name])
            if rng.random() < 0.8:
                yield Statement(
                    **at, what=item.name, value=value, origin=OWN_WORDS, form=True, t_us=t_us,
                    until_us=t_us + OWN_DAYS * DAY_US,
                )  # fmt: skip
                if (item.name, value) == ("form", "first_name"):
                    yield from _called(at, t_us)
    if inside and rng.random() < NOTED:
        t_us, by = now_us - rng.randrange(1, STYLE_DAYS - 20) * DAY_US, rng.choice(inside)
        for what, values in TAPPED.items():
            yield Statement(
                **at, what=what, value=rng.choice(values), origin=COLLEAGUE_NOTE, by=by, t_us=t_us,
                until_us=t_us + STYLE_DAYS * DAY_US,
            )  # fmt: skip
    if rng.random() < NEED:
        note = rng.choice(told["notes"][person.home][person.lang])
        t_us = now_us - rng.randrange(5, 200) * DAY_US
        by_whom = rng.choice(inside) if inside else None
        yield Statement(
            **at, what=note["subject"], text=note["text"],
            origin=OWN_WORDS if note["own"] else COLLEAGUE_NOTE, by=by_whom, t_us=t_us,
            until_us=t_us + NOTE_DAYS * DAY_US,
        )  # fmt: skip


def _called(at: dict[str, Party], t_us: int) -> Iterator[Statement]:
    """A customer who ticked their first name is called by it."""
    party = at["party"]
    for lang in ("zh", "en"):
        name, column = first_name(party.name_zh, party.name_en, lang), f"address_{lang}"
        if name:
            yield Statement(
                **at, what="address", value=lang, text=name, replaced=getattr(party, column),
                origin=OWN_WORDS, form=True, t_us=t_us, until_us=t_us + OWN_DAYS * DAY_US,
            )  # fmt: skip
            setattr(party, column, name)


def _culture(
    told: dict[str, Any], parties: dict[str, Party], when: tuple[Random, int]
) -> Iterator[CultureAnswer]:
    """Answers without anybody's name, from people whom the demo gives no login."""
    rng, now_us = when
    asked = questionnaires()["culture"]
    for house in demo_houses():
        means = told["culture"].get(house.short, {})
        for number in range(CULTURE.get(house.short, 0)):
            answers = {}
            for item in asked.items:
                value = round(means[item.scale] + rng.uniform(-1.2, 1.2))
                answers[item.name] = min(5, max(1, 6 - value if item.reversed else value))
            yield CultureAnswer(
                house=parties[house.id], quarter=quarter_of(now_us), answers=answers,
                five=number // LEAST,
            )  # fmt: skip


def _trust(parties: dict[str, Party], now_us: int) -> tuple[list[OwnSitting], list[CultureAnswer]]:
    """What some customers answered on their trust in a house: their own reports, and the unnamed answers."""
    asked = besides()["trust"]
    own, apart = [], []
    for house in demo_houses():
        guests = [person for person in demo_customers() if person.home == house.short]
        for number, person in enumerate(guests[: ASKED.get(house.short, 0)]):
            answers = {
                item.name: (6 - value if item.reversed else value)
                for place, item in enumerate(asked.items)
                for value in [3 + (number + place) % 3]
            }
            at = {"house": parties[house.id], "questionnaire": asked.name}
            done_us = now_us - (2 + number) * DAY_US
            own.append(OwnSitting(
                **at, party=parties[person.id], begun_us=done_us, done_us=done_us,
                until_us=done_us + asked.keeps_days * DAY_US, scores=scores_of(asked, answers),
            ))  # fmt: skip
            apart.append(CultureAnswer(
                **at, quarter=quarter_of(now_us), answers=answers, five=number // LEAST
            ))  # fmt: skip
    return own, apart
