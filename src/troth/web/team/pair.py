"""Two colleagues on one page: trust both ways, what happened lately, styles, and how to work together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from troth.guidance.falling import FALL
from troth.guidance.pairs import advise_pair, lately_of, pair_facts
from troth.web.accounts.access import FIRST_HOURS, Scope, need
from troth.web.ledger.models import Relationship
from troth.web.ledger.standing import told
from troth.web.ledger.weights import desk_parameters
from troth.web.parties.models import Party
from troth.web.team.drawing import two_styles
from troth.web.team.happened import KINDS, between, rows_between
from troth.web.team.styles import shared_styles
from troth.web.ui.numbers import number_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from troth.guidance.pairs import Advice
    from troth.pages.words import Words
    from troth.trust.explain import Explanation
    from troth.web.team.styles import Shared

_LOOKED_AT: Final = 200


@dataclass(frozen=True)
class Direction:
    """Trust of one of the two in the other.

    Attributes:
        truster: who trusts.
        trusted: whom.
        relationship: as kept; None where nothing happened yet.
        belief: as of now.
        opens: whether the reader may open its full page.
    """

    truster: Party
    trusted: Party
    relationship: Relationship | None
    belief: Explanation | None
    opens: bool

    @property
    def strained(self) -> bool:
        """Whether this trust is falling or in repair."""
        row = self.relationship
        return row is not None and (row.repair or (row.enough and row.trend <= FALL))


def colleague_or_404(number: int) -> Party:
    """A member of staff by number.

    Raises:
        Http404: there is none.
    """
    rows = Party.objects.select_related("house").filter(kind=Party.Kind.STAFF, merged_into=None)
    found: Party = get_object_or_404(rows, pk=number)
    return found


@need("see")
@require_safe
def find(request: Any) -> HttpResponse:
    """Any two, as a form names them."""
    numbers = [number_of(request.GET.get(name, "")) for name in ("a", "b")]
    if not all(numbers) or numbers[0] == numbers[1]:
        return redirect("team:team")
    return redirect("team:pair", *numbers)


@dataclass(frozen=True)
class Compared:
    """Two colleagues compared.

    Attributes:
        directions: trust both ways.
        styles: what each shares with the reader; None where they share nothing.
        advice: for working together.
    """

    directions: list[Direction]
    styles: list[Shared | None]
    advice: list[Advice]


def compared(scope: Scope, both: tuple[Party, Party], now_us: int, words: Words) -> Compared:
    """Compare two colleagues.

    Args:
        scope: who looks; they may see the two.
        both: the two.
        now_us: microseconds UTC.
        words: the reader's.
    """
    directions = [direction(scope, a, b, now_us) for a, b in (both, both[::-1])]
    found = shared_styles(scope, [one.pk for one in both], now_us)
    styles = [found.get(one.pk) for one in both]
    rows = rows_between(scope, both[0].pk, both[1].pk).filter(kind__in=KINDS)
    happened = list(rows.values_list("kind", "t_us")[:_LOOKED_AT])
    lately = lately_of(happened, now_us, strained=any(one.strained for one in directions))
    first, second = (words.set_in(one.name(words.lang)) for one in both)
    mine, theirs = (shared.style if shared else None for shared in styles)
    facts = pair_facts((first, second), (mine, theirs), lately)
    return Compared(directions, styles, advise_pair(facts, words.lang))


@need("see")
@require_safe
def pair(request: Any, colleague: int, fellow: int) -> HttpResponse:
    """The two."""
    both = _both(request, colleague, fellow)
    scope, words = Scope(request.user), request.words
    found = compared(scope, both, request.now_us, words)
    names = [one.name(words.lang) for one in both]
    context = {
        "both": both, "directions": found.directions, "advice": found.advice,
        "own": request.user.party_id in (colleague, fellow), "me": request.user.party_id,
        "lived": between(scope, both, words), "hours": FIRST_HOURS,
        "styles": list(zip(both, found.styles, strict=True)),
        "chart": _chart(found.styles, names, words),
    }  # fmt: skip
    return render(request, "team/pair.html", context)


def _both(request: Any, first: int, second: int) -> tuple[Party, Party]:
    both = colleague_or_404(first), colleague_or_404(second)
    if not Scope(request.user).sees_pair(*both):
        raise Http404
    return both


def direction(scope: Scope, truster: Party, trusted: Party, now_us: int) -> Direction:
    """Trust of one colleague in another, as of now.

    Args:
        scope: who looks; others than the two see nothing while all that is behind it is fresh.
        truster: who trusts.
        trusted: whom.
        now_us: microseconds UTC.
    """
    row = Relationship.objects.filter(truster=truster, trusted=trusted, inside=True).first()
    opens = row is not None and scope.relationships().filter(pk=row.pk).exists()
    if row is None or not (opens or scope.user.party_id == trusted.pk):
        return Direction(truster, trusted, None, None, opens=False)
    belief = told(row, max(now_us, row.last_us + 1), desk_parameters()).explanation
    return Direction(truster, trusted, row, belief, opens)


def _chart(styles: list[Shared | None], names: list[str], words: Words) -> Any:
    """Both points; nothing where not both are shared, for one point compares nothing."""
    shown = [one for one in styles if one is not None]
    if len(shown) < 2:
        return None
    sides = [words.say(key) for key in (
        "team.side.warm", "team.side.firm", "team.side.reserved", "team.side.yielding",
    )]  # fmt: skip
    return two_styles(shown, sides, words.say("team.chart", first=names[0], second=names[1]))
