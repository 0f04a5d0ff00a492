"""Ways to the team's pages from those of other apps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse

from troth.web.accounts.access import Scope, may
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from collections.abc import Mapping

register = template.Library()


@register.inclusion_tag("team/way.html", takes_context=True)
def who_suits(context: Mapping[str, Any], party: Party) -> dict[str, Any]:
    """A way to who suits a customer, for those who place colleagues; nothing for others."""
    user = context["user"]
    shown = party.kind == Party.Kind.CUSTOMER and may(user, "see_colleagues")
    address = f"{reverse('team:match')}?to={party.pk}" if shown else ""
    return {"address": address, "key": "match.title", "icon": "people", "words": context["words"]}


@register.inclusion_tag("team/way.html", takes_context=True)
def working_with(context: Mapping[str, Any], party: Party) -> dict[str, Any]:
    """A way to the page of the reader and a colleague; nothing where there is none."""
    user = context["user"]
    me = user.party
    shown = me is not None and Scope(user).sees_pair(me, party)
    address = reverse("team:pair", args=(me.pk, party.pk)) if shown else ""
    return {"address": address, "key": "team.pair.way", "icon": "people", "words": context["words"]}
