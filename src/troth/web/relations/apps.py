"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class RelationsConfig(AppConfig):
    """The page of one relationship."""

    name = "troth.web.relations"
    label = "relations"
