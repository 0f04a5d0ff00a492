"""The day's list as a self-contained page that links to the pages of its relationships."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from troth.pages.agenda import sections_of
from troth.pages.templating import render_page

if TYPE_CHECKING:
    from datetime import tzinfo

    from troth.guidance.today import Today
    from troth.pages.words import Names, Words


def today_html(today: Today, names: Names, lang: str, zone: tzinfo) -> str:
    """Write the day's list as a page that needs no network and no script.

    Each entry links to ``page_name(truster, house or trustee)`` in the same folder; the pages to
    write are those of ``today.relationships()``.

    Args:
        today: from ``troth.guidance.today.todays_list``.
        names: display names by id, one spelling or one a language.
        lang: ``zh`` or ``en``: the language shown first.
        zone: of the times shown.

    Returns:
        HTML.

    Raises:
        ValueError: ``lang`` is not a language we speak.
    """

    def view(words: Words) -> dict[str, Any]:
        sections = sections_of(today, words)
        return {
            "title": words.say("today.title"),
            "as_of": words.moment(today.at_us),
            "sections": sections,
        }

    return render_page("today.html", view, lang, zone, names)
