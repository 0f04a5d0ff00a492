"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """people."""

    name = "troth.web.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
