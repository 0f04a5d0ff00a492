"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """parties."""

    name = "troth.web.parties"
    label = "parties"
    default_auto_field = "django.db.models.BigAutoField"
