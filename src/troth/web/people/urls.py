"""Addresses of questionnaires, notes and the customer's own form."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "people"
urlpatterns: list[URLPattern] = []
