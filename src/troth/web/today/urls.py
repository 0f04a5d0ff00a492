"""Addresses of the day's list and of what is done there."""

from __future__ import annotations

from django.urls import path

from troth.web.today import deeds, paste, views

app_name = "today"
urlpatterns = [
    path("", views.day, name="day"),
    path("today/counts/", views.counts, name="counts"),
    path("today/paste/", paste.paste, name="paste"),
    path("today/who/", paste.who, name="who"),
    path("today/drafts/<int:number>/<slug:deed>/", deeds.draft, name="draft"),
    path("today/promises/<slug:deed>/", deeds.promise, name="promise"),
    path("today/quiet/<int:truster>/<int:trusted>/<slug:deed>/", deeds.quiet, name="quiet"),
    path("today/praise/", deeds.praise, name="praise"),
]
