"""Addresses of the card, the draft and the next action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from troth.web.guidance import card, next_page

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "guidance"
urlpatterns: list[URLPattern] = [
    path("card/", card.page, name="card"),
    path("card/who/", card.who, name="card_who"),
    path("next/seen/", next_page.seen, name="next_seen"),
    path("next/decide/", next_page.decide, name="next_decide"),
]
