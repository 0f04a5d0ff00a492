"""A questionnaire is begun with consent, answered, finished, shared and deleted, by oneself alone.

The log says that it was done and never with which questionnaire: an admin who reads it need not know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q

from troth.people.scoring import possible_answers
from troth.traces.decay import DAY_US
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import write_audit
from troth.web.people.models import Sitting
from troth.web.people.scored import scores_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from troth.content.questionnaires import Questionnaire
    from troth.web.accounts.actor import Actor

#: What is begun and not finished goes after so many days.
UNFINISHED_DAYS: Final = 90
#: After taking it again the older result stays so long, to compare.
OLDER_DAYS: Final = 30


def begin_sitting(actor: Actor, asked: Questionnaire, shared: str, *, agreed: bool) -> Sitting:
    """Begin a questionnaire, or go on with what was begun.

    Args:
        actor: who; with a user.
        asked: which.
        shared: who may see the result, one of ``Sitting.Shared``.
        agreed: whether they agreed to what they were told it is for.

    Raises:
        RefusedError: they did not agree, or nobody is there to answer.
    """
    if actor.user is None or "staff" not in asked.audience:
        raise RefusedError("people.refused.nobody")
    if not agreed or shared not in Sitting.Shared.values:
        raise RefusedError("people.refused.consent", "agreed")
    with transaction.atomic():
        begun = Sitting.objects.filter(
            user=actor.user, questionnaire=asked.name, done_us=None, until_us__gt=actor.now_us
        ).first()
        if begun is not None:
            return begun
        wider = Sitting.Shared.values[Sitting.Shared.values.index(shared) + 1 :]
        _own(actor, asked.name).filter(shared__in=wider).update(shared=shared)
        sitting = Sitting.objects.create(
            user=actor.user, questionnaire=asked.name, shared=shared, begun_us=actor.now_us,
            until_us=actor.now_us + UNFINISHED_DAYS * DAY_US,
        )  # fmt: skip
        write_audit(actor, "begin_sitting")
    return sitting


def save_answers(asked: Questionnaire, sitting: Sitting, told: Mapping[str, int]) -> Sitting:
    """Keep answers as they are tapped; the log gets no row, as it would say how somebody hesitates.

    Args:
        asked: the questionnaire.
        sitting: begun, not done.
        told: value by item; what the questionnaire does not know is left out.

    Raises:
        RefusedError: it is finished already.
    """
    good = possible_answers(asked, told)
    with transaction.atomic():
        kept = Sitting.objects.select_for_update().get(pk=sitting.pk)
        if kept.done_us is not None:
            raise RefusedError("people.refused.done")
        kept.answers = {**kept.answers, **good}
        kept.save(update_fields=["answers"])
    return kept


def finish_sitting(actor: Actor, asked: Questionnaire, sitting: Sitting) -> Sitting:
    """Score what was answered; an older result stays a little, for oneself alone, then goes.

    Raises:
        RefusedError: answers are missing.
    """
    missing = len(asked.items) - len(sitting.answers)
    if missing > 0:
        raise RefusedError("people.refused.missing", count=missing)
    with transaction.atomic():
        sitting.scores = scores_of(asked, sitting.answers)
        sitting.done_us = actor.now_us
        sitting.until_us = actor.now_us + asked.keeps_days * DAY_US
        sitting.save(update_fields=["scores", "done_us", "until_us"])
        goes_us = actor.now_us + OLDER_DAYS * DAY_US
        older = Sitting.objects.filter(user=sitting.user, questionnaire=asked.name)
        older = older.exclude(pk=sitting.pk)
        older.update(shared=Sitting.Shared.ME)
        older.filter(until_us__gt=goes_us).update(until_us=goes_us)
        write_audit(actor, "finish_sitting")
    return sitting


def share_result(actor: Actor, name: str, shared: str) -> None:
    """Choose anew who may see the own result of one questionnaire; an older one stays one's own.

    Raises:
        RefusedError: that is no such choice.
    """
    if shared not in Sitting.Shared.values:
        raise RefusedError("people.refused.choice", "shared")
    with transaction.atomic():
        done = _own(actor, name).filter(done_us__isnull=False).order_by("-done_us", "-pk")
        latest = list(done.values_list("pk", flat=True)[:1])
        rows = _own(actor, name).filter(Q(pk__in=latest) | Q(done_us=None))
        if rows.exclude(shared=shared).update(shared=shared):
            write_audit(actor, "share_result")


def delete_answers(actor: Actor, name: str) -> int:
    """Delete the own answers and results of one questionnaire, at once; the log says only that it was done.

    Returns:
        How many sittings are gone.
    """
    with transaction.atomic():
        rows = _own(actor, name)
        count = rows.count()
        if count:
            rows.delete()
            write_audit(actor, "delete_answers")
    return count


def _own(actor: Actor, name: str) -> QuerySet[Sitting]:
    return Sitting.objects.filter(user=actor.user, questionnaire=name)


def note_own_export(actor: Actor) -> None:
    """Log that somebody took their own answers with them."""
    with transaction.atomic():
        write_audit(actor, "export_own_answers")
