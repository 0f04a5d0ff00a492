"""One relationship as a self-contained page: charts, sums, words, and where figures come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from troth.guidance.breaches import open_breaches
from troth.guidance.relationship import own_events
from troth.pages import story
from troth.pages.charts import trust_chart
from troth.pages.numbers_table import numbers_of
from troth.pages.relationship import RelationshipView
from troth.pages.templating import render_page
from troth.pages.timeline import entries_of

if TYPE_CHECKING:
    from datetime import tzinfo

    import pyarrow as pa

    from troth.pages.timeline import Entry
    from troth.pages.words import Names, Words
    from troth.trust.explain import Explanation

#: Events in the list before the fold.
UNFOLDED: Final = 12


def explanation_html(
    explanation: Explanation, events_table: pa.Table, names: Names, lang: str, zone: tzinfo
) -> str:
    """Write one relationship as a page that needs no network, no script and no other file.

    Args:
        explanation: from ``troth.explain``.
        events_table: the ledger's table that it was made from.
        names: display names by id, one spelling or one a language; others are shown as ids.
        lang: ``zh`` or ``en``: the language shown first; a switch on the page shows the other.
        zone: of the times shown.

    Returns:
        HTML.

    Raises:
        ValueError: ``lang`` is not a language we speak.
    """
    rows = own_events(events_table, explanation.truster, explanation.trustee, explanation.at_us)
    waiting = [
        breach
        for breach in open_breaches(events_table, explanation.at_us)
        if breach.truster == explanation.truster
        and explanation.trustee in (breach.organisation, breach.trustee)
    ]

    def view(words: Words) -> dict[str, Any]:
        return _shown(RelationshipView(explanation, rows, waiting, words))

    return render_page("explain.html", view, lang, zone, names)


def _shown(view: RelationshipView) -> dict[str, Any]:
    """All that the template names."""
    told, words = view.told, view.words
    entries = entries_of(told, view.rows, words)
    return {
        "title": view.title,
        "told": told,
        "as_of": view.as_of,
        "belief": view.belief,
        "stages": view.stages,
        "since": view.since,
        "repair": view.repair,
        "charts": _charts(view),
        "timeline_note": view.timeline_note,
        "why": view.why,
        "known": None if told.enough else _known(entries, words),
        "dimensions": view.dimensions,
        "changes": view.changes,
        "checklists": view.checklists,
        "entries": entries[:UNFOLDED],
        "earlier": entries[UNFOLDED:],
        "left_out": len(view.rows) - len(entries),
        "sources": story.cited(view.list_names),
        "numbers": numbers_of(told, words),
    }


def _charts(view: RelationshipView) -> list[tuple[str, Any]]:
    """The same chart for a wide page and for a narrow one, since its labels do not scale."""
    found = []
    for size, width, height, ticks in (("wide", 980, 300, 7), ("narrow", 350, 250, 3)):
        curve = view.curve(ticks)
        tall = height if curve.points else 130
        found.append((size, trust_chart(curve, width, tall, view.alternative)))
    return found


def _known(entries: list[Entry], words: Words) -> list[tuple[str, list[Entry]]]:
    sides = (("good", "explain.known.for"), ("bad", "explain.known.against"))
    found = [(words.say(key), [e for e in entries if e.side == side]) for side, key in sides]
    return [(title, listed) for title, listed in found if listed]
