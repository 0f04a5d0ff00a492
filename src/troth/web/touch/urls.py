"""Addresses of adding by hand."""

from __future__ import annotations

from django.urls import path

from troth.web.touch import pages

app_name = "touch"
urlpatterns = [
    path("add/", pages.add, name="add"),
    path("add/done/", pages.done, name="done"),
    path("add/undo/", pages.undo, name="undo"),
]
