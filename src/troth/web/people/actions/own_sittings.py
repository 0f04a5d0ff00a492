"""A customer answers a questionnaire under their link: begun with consent, saved by the tap, finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from troth.people.scoring import possible_answers, scale_scores
from troth.traces.decay import DAY_US
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import write_audit
from troth.web.people.actions.culture import keep_apart, quarter_of
from troth.web.people.actions.links import count_save
from troth.web.people.asked import is_about_us
from troth.web.people.models import CultureTaken, OwnSitting, of_party

if TYPE_CHECKING:
    from collections.abc import Mapping

    from troth.content.questionnaires import Questionnaire
    from troth.web.accounts.actor import Actor
    from troth.web.people.models import FormLink


def begin_own_sitting(
    actor: Actor, link: FormLink, asked: Questionnaire, *, agreed: bool
) -> OwnSitting:
    """Begin a questionnaire under a link, or go on with what was begun.

    Args:
        actor: the customer themselves, without a login.
        link: under which they answer.
        asked: one of those that the link asks.
        agreed: whether they agreed to what they were told it is for.

    Raises:
        RefusedError: they did not agree, it is not asked, the link was used too often, or a colleague is
            logged in.
    """
    _theirs(actor, link, asked)
    assert link.house is not None  # a link that asks is of a house
    if not agreed:
        raise RefusedError("people.refused.agree", "agreed")
    with transaction.atomic():
        begun = OwnSitting.objects.filter(link=link, questionnaire=asked.name, done_us=None).first()
        if begun is not None:
            return begun
        count_save(link, actor.now_us, answered=False)
        sitting = OwnSitting.objects.create(
            party=link.party, house=link.house, link=link, questionnaire=asked.name,
            begun_us=actor.now_us, until_us=link.until_us,
        )  # fmt: skip
        write_audit(actor, "begin_own_sitting", link.party.uid)
    return sitting


def save_own_answers(
    actor: Actor, sitting: OwnSitting, asked: Questionnaire, told: Mapping[str, int]
) -> OwnSitting:
    """Keep answers as they are tapped; the log gets no row, as it would say how somebody hesitates.

    Raises:
        RefusedError: it is finished already, or a colleague is logged in.
    """
    if actor.user is not None:
        raise RefusedError("people.refused.theirs_alone")
    with transaction.atomic():
        kept = OwnSitting.objects.select_for_update().get(pk=sitting.pk)
        if kept.done_us is not None:
            raise RefusedError("people.refused.done")
        kept.answers = {**kept.answers, **possible_answers(asked, told)}
        kept.save(update_fields=["answers"])
    return kept


def finish_own_sitting(
    actor: Actor, link: FormLink, sitting: OwnSitting, asked: Questionnaire
) -> OwnSitting:
    """Score what was answered and let go of the answers; once a quarter they count, unnamed, in sums.

    Statements may be skipped; a scale of which more than half is skipped gets no score.

    Raises:
        RefusedError: nothing was answered, it is finished, the link was used too often, or a colleague is
            logged in.
    """
    _theirs(actor, link, asked)
    with transaction.atomic():
        kept = OwnSitting.objects.select_for_update().get(pk=sitting.pk)
        if kept.done_us is not None:
            raise RefusedError("people.refused.done")
        if not kept.answers:
            raise RefusedError("people.refused.missing", count=len(asked.items))
        count_save(link, actor.now_us, answered=True)
        scores = scale_scores(asked, kept.answers)
        if None not in scores.values():
            _count_in(actor, kept, asked)
        kept.scores = scores if is_about_us(asked) else {}
        kept.answers, kept.done_us = {}, actor.now_us
        kept.until_us = actor.now_us + asked.keeps_days * DAY_US
        kept.save(update_fields=["scores", "answers", "done_us", "until_us"])
        older = OwnSitting.objects.filter(of_party(kept.party), house=kept.house)
        older.filter(questionnaire=asked.name).exclude(pk=kept.pk).delete()
        write_audit(actor, "finish_own_sitting", link.party.uid)
    return kept


def _count_in(actor: Actor, sitting: OwnSitting, asked: Questionnaire) -> None:
    quarter = quarter_of(actor.now_us)
    _, fresh = CultureTaken.objects.get_or_create(
        party=sitting.party, house=sitting.house, questionnaire=asked.name, quarter=quarter
    )
    if fresh:
        keep_apart(sitting.house, asked, quarter, sitting.answers)


def _theirs(actor: Actor, link: FormLink, asked: Questionnaire) -> None:
    if actor.user is not None:
        raise RefusedError("people.refused.theirs_alone")
    if asked.name not in link.asks:
        raise RefusedError("people.refused.choice")
