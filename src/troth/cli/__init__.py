"""The command line. Commands are loaded when called, so that ``troth --help`` is quick."""

from __future__ import annotations

from troth.cli.main import main

__all__ = ["main"]
