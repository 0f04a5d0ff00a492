"""What people see of one relationship and of the day, in the terminal and as HTML files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from troth.pages.agenda_html import today_html
    from troth.pages.agenda_terminal import render_today
    from troth.pages.explain_html import explanation_html
    from troth.pages.explain_terminal import render_explanation
    from troth.pages.page_names import page_name

__all__ = ["explanation_html", "page_name", "render_explanation", "render_today", "today_html"]

_HOMES = {
    "explanation_html": "explain_html",
    "page_name": "page_names",
    "render_explanation": "explain_terminal",
    "render_today": "agenda_terminal",
    "today_html": "agenda_html",
}


def __getattr__(name: str) -> Any:
    """Load a page when first asked for: the terminal needs no templates, a file no terminal."""
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
