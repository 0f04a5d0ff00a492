"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """ledger."""

    name = "troth.web.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
