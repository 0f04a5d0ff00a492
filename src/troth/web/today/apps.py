"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class TodayConfig(AppConfig):
    """The day's list."""

    name = "troth.web.today"
    label = "today"
    default_auto_field = "django.db.models.BigAutoField"
