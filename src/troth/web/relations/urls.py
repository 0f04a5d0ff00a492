"""Addresses of a relationship's page and of what is done there."""

from __future__ import annotations

from django.urls import include, path

from troth.web.relations import deeds, event_deeds, views

app_name = "relations"
_OF_ONE = [
    path("", views.page, name="page"),
    path("advice/", views.advice, name="advice"),
    path("course/", views.course, name="course"),
    path("history/", views.history, name="history"),
    path("repair/", deeds.repair, name="repair"),
    path("preferences/", deeds.note, name="note"),
    path("preferences/<int:number>/<slug:deed>/", deeds.preference, name="preference"),
    path("promises/<int:number>/<slug:deed>/", deeds.promise, name="promise"),
    path("events/<int:number>/", event_deeds.panel, name="event"),
    path("events/<int:number>/<slug:deed>/", event_deeds.act, name="event_deed"),
]
urlpatterns = [path("relationships/<int:truster>/<int:trusted>/", include(_OF_ONE))]
