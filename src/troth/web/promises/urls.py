"""Addresses of the promises."""

from __future__ import annotations

from django.urls import path, re_path

from troth.web.promises import new, pages, robot_pages

app_name = "promises"
urlpatterns = [
    path("promises/", pages.board, name="board"),
    path("promises/new/", new.new, name="new"),
    path("promises/read/", new.read, name="read"),
    path("promises/robots/", robot_pages.robots, name="robots"),
    re_path(
        r"^promises/robots/(?P<number>\d{1,18})/(?P<name>try|on|off|forget)/$", robot_pages.robot,
        name="robot",
    ),
    path("promises/<int:number>/<slug:name>/", pages.deed, name="deed"),
]  # fmt: skip
