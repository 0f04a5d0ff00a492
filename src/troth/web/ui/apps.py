"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """ui."""

    name = "troth.web.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
