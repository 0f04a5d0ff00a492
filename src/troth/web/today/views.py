"""The day's list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import render

from troth.pages.agenda import sections_of
from troth.web.accounts.access import Scope, may, need
from troth.web.ledger.day import LOOKED_AT, names_in, names_of, todays
from troth.web.ledger.models import Event, Promise
from troth.web.today.morning import Morning, spared
from troth.web.today.staff import staff_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from troth.guidance.today import Today
    from troth.pages.agenda import Line, Section
    from troth.pages.words import Words

#: More than this is no list for a day; the rest is counted.
MOST: Final = 8
_ICONS: Final = {
    "promises": "promise", "repairs": "repair", "falling": "arrow-down", "quiet": "quiet",
    "praise": "praise",
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A section as the page shows it.

    Attributes:
        section: its words.
        lines: as many as fit a day.
        count: of all that wait, as far as they were looked at.
        icon: its drawing.
    """

    section: Section
    lines: tuple[Line, ...]
    count: int
    icon: str

    @property
    def many(self) -> bool:
        """Whether there are more than were counted."""
        return self.count >= LOOKED_AT

    @property
    def left(self) -> int:
        """How many are not listed."""
        return self.count - len(self.lines)


def _shown(request: Any) -> tuple[Today, Words, list[Shown]]:
    whole = spared(todays(Morning(request.user), request.now_us, request.words.zone))
    today = replace(whole, **{name: getattr(whole, name)[:MOST] for name in _ICONS})
    words = replace(request.words, names=names_of(names_in(whole)))
    return whole, words, [
        Shown(
            section, section.lines,
            len(getattr(whole, section.key)) + whole.more.get(section.key, 0), _ICONS[section.key],
        )
        for section in sections_of(today, words)
    ]  # fmt: skip


@need("see")
def day(request: Any) -> HttpResponse:
    """What to do today."""
    today, words, sections = _shown(request)
    scope = Scope(request.user)
    waiting = Promise.objects.filter(
        state=Promise.State.DRAFT, organisation__in=scope.house_numbers()
    )
    drafts = scope.of_house(waiting).count()
    context = {
        "as_of": request.words.moment(today.at_us), "today": today, "told": words,
        "sections": sections, "drafts": drafts,
        "may_record": may(request.user, "record"), "may_import": may(request.user, "import"),
        "may_govern": may(request.user, "govern"), "staff": staff_of(request.user),
        "first_run": not sections and not Event.objects.exists(),
    }  # fmt: skip
    return render(request, "today/day.html", context)


@need("see")
def counts(request: Any) -> HttpResponse:
    """The counts on top, told anew once something was done."""
    return render(request, "today/counts.html", {"sections": _shown(request)[2]})
