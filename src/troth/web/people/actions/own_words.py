"""A customer's own form: saved by themselves or taken down, and deleted when they wish."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from troth.content.origins import OWN_WORDS
from troth.content.text import phrase
from troth.people.known import WISHES
from troth.people.names import first_name
from troth.traces.decay import DAY_US
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import write_audit
from troth.web.parties.models import Party, Preference
from troth.web.people.actions.links import count_save
from troth.web.people.actions.statements import LONGEST, erase
from troth.web.people.models import Guess, OwnSitting, Statement, of_party

if TYPE_CHECKING:
    from collections.abc import Mapping

    from troth.web.accounts.actor import Actor
    from troth.web.people.models import FormLink

#: What customers say of themselves is kept so long.
OWN_DAYS: Final = 730
ADDRESS_LONGEST: Final = 60


@dataclass(frozen=True)
class OwnForm:
    """A filled-in form.

    Attributes:
        wishes: value by key of ``WISHES``; what was skipped is absent.
        address: what they wrote they wish to be called; may be empty.
        matters: what matters to them, in their words; may be empty.
        guess: whether the house may guess from how they write.
        lang: in which it was filled in.
    """

    wishes: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    matters: str = ""
    guess: bool = False
    lang: str = "zh"


def answer_form(
    actor: Actor, party: Party, house: Party, told: OwnForm, link: FormLink | None = None
) -> int:
    """Keep what a customer says, in place of what they said on the form before.

    A link shows only what was answered under it, so what was said before and is skipped stays.

    Args:
        actor: the customer themselves (no user), or the colleague who takes it down.
        party: the customer.
        house: to which they said it.
        told: the form.
        link: under which they opened it.

    Returns:
        How many things they said.

    Raises:
        RefusedError: a choice is none, a text too long, or the link used too often.
    """
    if any(value not in WISHES.get(what, ()) for what, value in told.wishes.items()):
        raise RefusedError("people.refused.choice")
    if len(told.address) > ADDRESS_LONGEST:
        raise RefusedError("people.refused.text", "address", most=ADDRESS_LONGEST)
    if len(told.matters) > LONGEST:
        raise RefusedError("people.refused.text", "matters", most=LONGEST)
    until_us = actor.now_us + OWN_DAYS * DAY_US
    with transaction.atomic():
        if link is not None:
            count_save(link, actor.now_us, answered=True)
        Party.objects.select_for_update().get(pk=party.pk)
        rows = [(what, value, "") for what, value in told.wishes.items()]
        rows += [("need", "", told.matters.strip())] if told.matters.strip() else []
        said = {what for what, _, _ in rows} | ({"address"} if told.address.strip() else set())
        before = [row for row in said_on_form(party, house) if row.origin == OWN_WORDS]
        # Of a name merged into theirs what is older stands back without going: names may be parted again.
        mine = [row for row in before if row.party_id == party.pk and row.what in said]
        erase([row for row in before if row in mine or is_shown(row, link)])
        at = {
            "party": party, "house": house, "origin": OWN_WORDS, "form": True, "by": actor.user, "link": link,
            "t_us": actor.now_us, "until_us": until_us,
        }  # fmt: skip
        for what, value, text in rows:
            Statement.objects.create(**at, what=what, value=value, text=text)
        called = {told.lang: told.address.strip()} if "address" in said else {}
        _call(at, called, by_first_name=told.wishes.get("form") == "first_name")
        _agree(at, agreed=told.guess)
        write_audit(actor, "answer_form", party.uid, own=actor.user is None)
    return len(said)


def said_on_form(party: Party, house: Party) -> list[Statement]:
    """What a customer said on the form, under every name they have."""
    rows = Statement.objects.filter(of_party(party), house=house, form=True)
    return list(rows.select_related("party", "preference"))


def is_shown(row: Statement, link: FormLink | None) -> bool:
    """Whether what was said is shown: on the desk all, under a link what was answered under it.

    Whoever a new link was sent to by mistake must not read what the customer said.
    """
    return link is None or row.link_id == link.pk


def _call(at: dict[str, Any], called: Mapping[str, str], *, by_first_name: bool) -> None:
    """Call them so from now on, on the card, in drafts, and among their wishes.

    Args:
        at: whose words, where, when.
        called: what they wrote, by language.
        by_first_name: whether they ticked that; it counts in each language in which they wrote nothing.
    """
    party = at["party"]
    party.refresh_from_db()
    for lang in ("zh", "en"):
        written = called.get(lang, "")
        name = written or (first_name(party.name_zh, party.name_en, lang) if by_first_name else "")
        if not name:
            continue
        column = f"address_{lang}"
        replaced = getattr(party, column)
        setattr(party, column, name[:ADDRESS_LONGEST])
        party.save(update_fields=[column])
        Statement.objects.create(
            **at, what="address", value=lang, text=getattr(party, column), replaced=replaced,
            preference=_wished(at, written, lang) if written else None,
        )  # fmt: skip


def _wished(at: dict[str, Any], name: str, lang: str) -> Preference:
    """What they wrote, among their wishes."""
    return Preference.objects.create(
        party=at["party"], house=at["house"], what=phrase("people.wish.call_me", lang, name=name),
        source=phrase("people.origin.own_words", lang), t_us=at["t_us"],
    )  # fmt: skip


def _agree(at: dict[str, Any], *, agreed: bool) -> None:
    Guess.objects.filter(of_party(at["party"]), house=at["house"]).delete()
    if agreed:
        Guess.objects.create(
            party=at["party"], house=at["house"], given_us=at["t_us"], until_us=at["until_us"],
            link=at["link"],
        )  # fmt: skip


def forget_own_words(actor: Actor, party: Party, house: Party, link: FormLink | None = None) -> int:
    """Delete all that a customer said on the form, and their consents, at once.

    Returns:
        How many things are gone.

    Raises:
        RefusedError: the link was used too often.
    """
    with transaction.atomic():
        if link is not None:
            count_save(link, actor.now_us, answered=False)
        count = erase(said_on_form(party, house))
        for model in (Guess, OwnSitting):
            count += model.objects.filter(of_party(party), house=house).delete()[0]
        write_audit(actor, "forget_own_words", party.uid)
    return count
