"""Pages from templates: both languages in one file, switched by style alone."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from troth.pages.words import LANGUAGES, Names, Words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo


@cache
def _environment() -> Environment:
    """The templates; everything put into them is escaped unless it is our own markup."""
    folder = str(files("troth.pages") / "templates")
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def style() -> str:
    """The style sheet that every page carries."""
    return (files("troth.pages") / "style.css").read_text(encoding="utf-8")


def render_page(
    template: str, view: Callable[[Words], dict[str, Any]], lang: str, zone: tzinfo, names: Names
) -> str:
    """Fill a template once for each language.

    Args:
        template: its file name.
        view: what it shows to a reader.
        lang: the language shown first.
        zone: of the times shown.
        names: by id.

    Raises:
        ValueError: ``lang`` is not a language we speak.
    """
    if lang not in LANGUAGES:
        msg = f"unknown language {lang!r}; one of {', '.join(LANGUAGES)}"
        raise ValueError(msg)
    readers = [Words(each, zone, names) for each in LANGUAGES]
    pages = [view(words) | {"words": words, "lang": words.lang} for words in readers]
    first = pages[LANGUAGES.index(lang)]
    return (
        _environment()
        .get_template(template)
        .render(
            pages=pages,
            lang=lang,
            title=first["title"],
            say=readers[LANGUAGES.index(lang)].say,
            style=Markup(style()),
        )
    )
