"""Addresses of the draft and the next action."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "guidance"
urlpatterns: list[URLPattern] = []
