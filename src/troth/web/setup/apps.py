"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """setup."""

    name = "troth.web.setup"
    label = "setup"
    default_auto_field = "django.db.models.BigAutoField"
