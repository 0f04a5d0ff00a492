"""What is known of people, and how a house works together, on the pages of other apps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from troth.web.accounts.access import Scope, may
from troth.web.ledger.houses import house_for
from troth.web.parties.models import Party
from troth.web.people.asked import besides, culture_form
from troth.web.people.group import told_together
from troth.web.people.models import CultureAnswer, HouseChoice
from troth.web.people.panel import panel_of

if TYPE_CHECKING:
    from collections.abc import Mapping

register = template.Library()


@register.inclusion_tag("people/known.html", takes_context=True)
def known_person(
    context: Mapping[str, Any], party: Party, house: Party | None = None
) -> dict[str, Any]:
    """What is known of a customer at a house, by who said so, with what may be added.

    Args:
        context: of the page.
        party: the customer; nothing is shown of anybody else.
        house: at which; without one, that for which the reader speaks.
    """
    request = context["request"]
    if party.kind != Party.Kind.CUSTOMER or not may(request.user, "know"):
        return {"party": None}
    if house is None or house.kind != Party.Kind.ORGANISATION:
        house = house_for(Scope(request.user), party)
    told = panel_of(request, party, house, request.get_full_path())
    return told | {"csrf_token": context.get("csrf_token")}


@register.inclusion_tag("people/house_culture.html", takes_context=True)
def house_culture(context: Mapping[str, Any], house: Party) -> dict[str, Any]:
    """How people of a house find working together: mean and spread, from enough answers on."""
    words, request = context["words"], context["request"]
    told: dict[str, Any] = {"words": words, "lang": words.lang, "house": house, "shown": False}
    asked = culture_form()
    if house.kind != Party.Kind.ORGANISATION or asked is None:
        return told
    mine = request.user.house_id == house.pk
    now_us = context["now_us"]
    return told | {"shown": True, "mine": mine, **told_together(asked, house, now_us, words)}


@register.inclusion_tag("people/house_asked.html", takes_context=True)
def house_asked(context: Mapping[str, Any], house: Party) -> dict[str, Any]:
    """What customers of a house answered, in fives: mean and spread, nobody's own; once somebody has."""
    words, now_us = context["words"], context["now_us"]
    told: dict[str, Any] = {"words": words, "lang": words.lang, "groups": []}
    if house.kind != Party.Kind.ORGANISATION:
        return told
    answered = set(
        CultureAnswer.objects.filter(house=house).values_list("questionnaire", flat=True)
    )
    told["groups"] = [
        told_together(asked, house, now_us, words) | {"limits": asked.limits[words.lang]}
        for name, asked in besides().items() if name in answered
    ]  # fmt: skip
    return told


@register.inclusion_tag("people/inference.html", takes_context=True)
def house_inference(context: Mapping[str, Any], house: Party) -> dict[str, Any]:
    """The switch of a house: whether detail may be guessed from the length of messages."""
    on = HouseChoice.objects.filter(house=house, infer_style=True).exists()
    return {
        "house": house, "on": on, "words": context["words"], "lang": context["lang"],
        "csrf_token": context.get("csrf_token"),
    }  # fmt: skip
