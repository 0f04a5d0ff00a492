"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """Imports."""

    name = "troth.web.imports"
    label = "imports"
