"""Addresses of the card, the draft and the next action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from troth.web.guidance import card, draft, draft_model, next_page, steady, terms

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "guidance"
urlpatterns: list[URLPattern] = [
    path("draft/", draft.page, name="draft"),
    path("draft/live/", draft.live, name="draft_live"),
    path("draft/who/", draft.who, name="draft_who"),
    path("draft/promise/", draft.promise, name="draft_promise"),
    path("draft/sent/", draft.sent, name="draft_sent"),
    path("draft/rewrite/", draft_model.rewrite, name="draft_rewrite"),
    path("settings/terms/", terms.page, name="terms"),
    path("settings/terms/<int:house>/save/", terms.save, name="terms_save"),
    path("settings/terms/<int:house>/import/", terms.take_in, name="terms_import"),
    path("settings/terms/<int:house>/terms.csv", terms.export, name="terms_export"),
    path("settings/terms/<int:term>/remove/", terms.remove, name="terms_remove"),
    path("card/", card.page, name="card"),
    path("card/who/", card.who, name="card_who"),
    path("steady/", steady.page, name="steady"),
    path("next/seen/", next_page.seen, name="next_seen"),
    path("next/decide/", next_page.decide, name="next_decide"),
]
