"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """directory."""

    name = "troth.web.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"
