"""The next action on the pages of other apps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from troth.web.guidance.next_page import next_shown
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from collections.abc import Mapping

    from troth.guidance.facts import Situation
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
