"""Who suits a customer: gathered from the record, proposed by a closed list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.db.models import Count

from troth.content.matching import matching
from troth.content.origins import STATED
from troth.guidance.asked_for import asked_for
from troth.guidance.matching import Candidate, Load, Need, propose_staff
from troth.guidance.protected import traits_in
from troth.reading.plain import plain
from troth.web.ledger.models import Case, Promise
from troth.web.parties.models import Party
from troth.web.people.known import person_of
from troth.web.team.own_trust import own_trust
from troth.web.team.stated import Kind, of, stated_by
from troth.web.team.styles import shared_styles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from troth.content.protected import Trait
    from troth.guidance.matching import Proposal
    from troth.people.known import Person
    from troth.web.accounts.access import Scope

MOST: Final = 80
_DAY_US: Final = 86_400_000_000


@dataclass(frozen=True)
class Suits:
    """A proposal with what it rests on.

    Attributes:
        customer: for whom.
        house: at which house.
        proposals: everybody of the house, whom most speaks for first.
        staff: by number, as text.
        unused: (words, traits) of wishes that name what nobody is chosen by.
        refused: traits that the request itself names; nothing is proposed then.
        unweighed: whether the request names nothing that can be weighed.
        need: what was weighed of the customer's side.
    """

    customer: Party
    house: Party
    proposals: list[Proposal] = field(default_factory=list)
    staff: Mapping[str, Party] = field(default_factory=dict)
    unused: Sequence[tuple[str, tuple[Trait, ...]]] = ()
    refused: tuple[Trait, ...] = ()
    unweighed: bool = False
    need: Need = field(default_factory=Need)


def staff_of(house: Party) -> list[Party]:
    """The staff of a house, in order of key."""
    rows = Party.objects.filter(kind=Party.Kind.STAFF, house=house, merged_into=None)
    return list(rows.select_related("house", "team").order_by("key")[:MOST])


def suits_of(scope: Scope, customer: Party, house: Party, now_us: int, also: str = "") -> Suits:
    """Propose who might look after a customer.

    Args:
        scope: who asks.
        customer: whom they may see.
        house: one of theirs.
        now_us: microseconds UTC.
        also: what else should be weighed, in free words.
    """
    refused = traits_in(also)
    if refused:
        return Suits(customer, house, refused=refused)
    staff = {str(one.pk): one for one in staff_of(house)}
    rows = customer.preferences.filter(draft=False, house__in=(house.pk,))
    rows = rows | customer.preferences.filter(draft=False, house=None)
    wishes = list(rows.values_list("what", "wanted"))
    unused = [(what, traits) for what, _ in wishes if (traits := traits_in(what))]
    fair = [one for one in wishes if not traits_in(one[0])]
    names = {number: (one.name_zh, one.name_en) for number, one in staff.items()}
    asked, spoken = asked_for([(also, True)], names, bare=True), languages_in(also)
    need = _need(
        customer, person_of(customer, house, now_us), asked_for(fair, names) | asked, spoken
    )
    candidates = _candidates(scope, customer, house, list(staff.values()), now_us)
    unweighed = bool(also.strip()) and not asked and not spoken
    return Suits(
        customer, house, propose_staff(need, candidates), staff, unused, (), unweighed, need
    )


def languages_in(text: str) -> frozenset[str]:
    """Languages that a request names."""
    told = plain(text)
    return frozenset(
        key
        for key, names in matching().languages.items()
        if any(name.lower() in told for name in names.values())
    )


def _need(customer: Party, person: Person, asked: dict[str, bool], spoken: frozenset[str]) -> Need:
    """What a customer brings: what they said themselves; the language on record where they said none."""
    # What others noted or guessed does not weigh in.
    said = {known.what: known.value for known in person.known[::-1] if known.origin in STATED}
    lang = said.get("lang") or customer.lang
    known = frozenset({lang} & set(matching().languages))
    return Need(spoken or known, asked, said.get("channel"), said.get("pace"), said.get("focus"))


def _candidates(
    scope: Scope, customer: Party, house: Party, staff: list[Party], now_us: int
) -> Iterable[Candidate]:
    numbers = [one.pk for one in staff]
    trusts = own_trust([(customer.pk, number) for number in numbers], house.pk, now_us)
    stated, styles = stated_by(numbers), shared_styles(scope, numbers, now_us)
    promised = Promise.objects.filter(truster=customer, trustee__in=numbers).order_by()
    ended = {
        (trustee, state): count
        for trustee, state, count in promised.values_list("trustee", "state").annotate(
            count=Count("pk")
        )
    }
    # A case that nobody has reacted to is no reason to stay with whom it is about.
    worked_on = Case.objects.filter(truster=customer, trustee__in=numbers, answered=True)
    waiting = Counter(worked_on.values_list("trustee", flat=True))
    loads = loads_of(numbers, now_us)
    for number in numbers:
        shared = styles.get(number)
        style = shared.style if shared else None
        yield Candidate(
            str(number),
            of(stated, number, Kind.LANGUAGE),
            of(stated, number, Kind.STRENGTH),
            trusts.get((customer.pk, number)),
            ended.get((number, "kept"), 0),
            ended.get((number, "broken"), 0),
            ended.get((number, "open"), 0) + waiting[number],
            loads[number],
            style.pace if style else None,
            style.focus if style else None,
        )


def loads_of(numbers: Iterable[int], now_us: int) -> dict[int, Load]:
    """What colleagues carry today: promises due within a day or late, and repairs that wait.

    Args:
        numbers: of parties.
        now_us: microseconds UTC.
    """
    wanted = list(numbers)
    due = Promise.objects.filter(trustee__in=wanted, state="open", due_us__lt=now_us + _DAY_US)
    promises = Counter(due.values_list("trustee", flat=True))
    repairs = Counter(Case.objects.filter(trustee__in=wanted).values_list("trustee", flat=True))
    return {number: Load(promises[number], repairs[number]) for number in wanted}
