"""``python -m django api_reference FILE``: write the reference of the API from its own description."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from troth.web.api.reference import reference


class Command(BaseCommand):
    """Write docs/reference/api.md."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it."""
        del args
        options["file"].write_text(reference(), encoding="utf-8")
