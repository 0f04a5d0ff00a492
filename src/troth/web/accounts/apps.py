"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """accounts."""

    name = "troth.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
