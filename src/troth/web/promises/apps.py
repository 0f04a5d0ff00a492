"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """promises."""

    name = "troth.web.promises"
    label = "promises"
    default_auto_field = "django.db.models.BigAutoField"
