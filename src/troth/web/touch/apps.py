"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """touch."""

    name = "troth.web.touch"
    label = "touch"
    default_auto_field = "django.db.models.BigAutoField"
