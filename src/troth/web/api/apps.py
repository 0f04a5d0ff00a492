"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """api."""

    name = "troth.web.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
