"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """team."""

    name = "troth.web.team"
    label = "team"
    default_auto_field = "django.db.models.BigAutoField"
