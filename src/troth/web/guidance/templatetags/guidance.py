"""The next action on the pages of other apps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from troth.web.guidance.heat import heat_shown
from troth.web.guidance.next_page import next_shown
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from collections.abc import Mapping

    from troth.guidance.facts import Situation
    from troth.guidance.today import Today
    from troth.pages.words import Words
    from troth.web.ledger.models import Relationship

register = template.Library()


@register.inclusion_tag("guidance/next.html", takes_context=True)
def next_action(
    context: Mapping[str, Any], relationship: Relationship, situation: Situation
) -> dict[str, Any]:
    """What to do next for a customer, with why, what else was considered, and earlier decisions.

    Args:
        context: of the page.
        relationship: whose; nothing is shown of trust among colleagues.
        situation: as its card is made from.
    """
    if relationship.truster.kind != Party.Kind.CUSTOMER:
        return {"shown": None}
    told = next_shown(context["request"], context["words"], relationship, situation)
    return told | {"csrf_token": context.get("csrf_token"), "lang": context["lang"]}


@register.inclusion_tag("guidance/heat.html", takes_context=True)
def hard_contacts(context: Mapping[str, Any], today: Today, names: Words) -> dict[str, Any]:
    """How tense the day's contacts are: the team's for those who lead it, else the reader's own.

    Args:
        context: of the page.
        today: the list, before it is cut.
        names: the reader's words, with the names of everybody on the list.
    """
    told = heat_shown(context["request"].user, names, today)
    return told | {"words": context["words"], "lang": context["lang"]}
