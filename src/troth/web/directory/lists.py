"""Lists of people, and the search that is asked as one types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.http import HttpResponseBadRequest
from django.shortcuts import render

from troth.web.accounts.access import Scope, need
from troth.web.directory.found import found_parties, relationships_of
from troth.web.directory.houses import chosen_house
from troth.web.directory.listing import TRENDS, Asked, Line, lines_of, page_of
from troth.web.parties.models import Party
from troth.web.ui.templatetags.troth import STAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from troth.pages.words import Words

Kind = Party.Kind
#: Tab of the page → kind of party.
TABS: Final = {
    "customers": Kind.CUSTOMER, "colleagues": Kind.STAFF, "teams": Kind.TEAM,
    "houses": Kind.ORGANISATION,
}  # fmt: skip
#: Pages that ask "who?", and come back with ``to``.
ASKING: Final = ("/add/", "/promises/new/", "/team/match/")
#: A house's staff and teams on one page.
_COLLEAGUES: Final = 300


@dataclass(frozen=True)
class Hit:
    """A line of the search's list.

    Attributes:
        url: where it leads.
        name: who.
        note: what tells them from others of that name.
    """

    url: str
    name: str
    note: str


@need("see")
def listed(request: Any) -> HttpResponse:
    """Customers and their relationships; or colleagues, teams, houses."""
    tab = request.GET.get("t", "customers")
    tab = tab if tab in TABS else "customers"
    scope = Scope(request.user)
    query = request.GET.get("q", "").strip()[:60]
    told: dict[str, Any] = {"tab": tab, "tabs": list(TABS), "query": query}
    if query:
        told |= _found(scope, query)
    elif tab == "customers":
        told |= _customers(request, scope)
    else:
        told |= {"people": _people(scope, TABS[tab], request.words.lang)}
    if request.htmx and request.htmx.target in ("people", "more"):
        return render(request, "directory/lines.html", told)
    return render(request, "directory/list.html", told)


def _found(scope: Scope, query: str) -> dict[str, Any]:
    parties = found_parties(scope, query)
    known = relationships_of(scope, parties)
    return {"lines": lines_of(None, [(party, known.get(party.pk)) for party in parties])}


def _customers(request: Any, scope: Scope) -> dict[str, Any]:
    house, houses = chosen_house(scope, request.GET.get("house", ""))
    asked = Asked.of(request.GET)
    lines: Sequence[Line] = ()
    more = 0
    if house is not None:
        lines, more = page_of(scope, house, asked, request.now_us, request.words.lang)
    kept = {key: value for key, value in request.GET.items() if key != "after"}
    return {
        "house": house, "houses": houses, "asked": asked, "lines": lines, "more": more,
        "next": urlencode({**kept, "after": more}), "stages": list(enumerate(STAGES)),
        "trends": TRENDS, "orders": asked.orders,
        "teams": Party.objects.filter(kind=Kind.TEAM, house=house, merged_into=None),
    }  # fmt: skip


def _people(scope: Scope, kind: str, lang: str) -> list[tuple[Party, bool]]:
    """Colleagues, teams or houses in order of name, and whether their page may be opened."""
    rows: QuerySet[Party] = Party.objects.filter(kind=kind, merged_into=None)
    if kind == Kind.ORGANISATION:
        rows = scope.houses()
    elif not scope.everything:
        rows = rows.filter(house=scope.user.house_id or 0)
    found = rows.select_related("team", "house").order_by(f"name_{lang}", "pk")[:_COLLEAGUES]
    return [(party, scope.sees(party)) for party in found]


@need("see")
def search(request: Any) -> HttpResponse:
    """What the header's box lists as one types."""
    query = request.GET.get("q", "").strip()[:60]
    found = _hits(Scope(request.user), query, request.words)
    return render(request, "ui/search_results.html", {"found": found, "asked": query})


def _hits(scope: Scope, query: str, words: Words) -> list[Hit]:
    parties = found_parties(scope, query)
    known = relationships_of(scope, parties)
    hits = []
    for party in parties:
        row = known.get(party.pk)
        kind = words.say(f"directory.kind.{party.kind}")
        stage = words.start(words.say(f"stage.{STAGES[row.stage]}")) if row else kind
        url = f"/relationships/{row.truster_id}/{row.trusted_id}/" if row else _page(party)
        hits.append(Hit(url, party.name(words.lang), stage))
    return hits


def _page(party: Party) -> str:
    return f"/parties/{party.pk}/"


@need("record")
def choose(request: Any) -> HttpResponse:
    """Who is meant, for a page that asks: a list of customers, each leading back there."""
    back = request.GET.get("next", "")
    if back not in ASKING:
        return HttpResponseBadRequest(request.words.say("ui.error.bad"))
    query = request.GET.get("q", "").strip()[:60]
    scope = Scope(request.user)
    found = found_parties(scope, query, 8, Kind.CUSTOMER)
    told = {"found": found, "query": query, "back": back}
    page = "directory/choices.html" if request.htmx else "directory/choose.html"
    return render(request, page, told)
