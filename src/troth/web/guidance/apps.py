"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """guidance."""

    name = "troth.web.guidance"
    label = "guidance"
    default_auto_field = "django.db.models.BigAutoField"
