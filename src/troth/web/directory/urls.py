"""Addresses of people's pages."""

from __future__ import annotations

from django.urls import path

from troth.web.directory import lists, merging, pages

app_name = "directory"
urlpatterns = [
    path("parties/", lists.listed, name="list"),
    path("parties/search/", lists.search, name="search"),
    path("parties/choose/", lists.choose, name="choose"),
    path("parties/<int:number>/", pages.party, name="party"),
    path("parties/<int:number>/edit/", pages.edit, name="edit"),
    path("parties/<int:number>/merge/", merging.merge, name="merge"),
    path("parties/<int:number>/split/", merging.split, name="split"),
    path("me/", pages.me, name="me"),
    path("me/seen/", pages.seen, name="seen"),
    path("me/answer/<int:number>/", pages.answer, name="answer"),
]
