"""A customer says how close they like a house to be; only what follows from it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from troth.content.origins import SELF_REPORT
from troth.people.attachment import attachment_of
from troth.people.scoring import AnswerError, scale_scores
from troth.traces.decay import DAY_US
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import write_audit
from troth.web.people.actions.links import count_save
from troth.web.people.models import Statement, of_party

if TYPE_CHECKING:
    from collections.abc import Mapping

    from troth.content.questionnaires import Questionnaire
    from troth.web.accounts.actor import Actor
    from troth.web.people.models import FormLink


def answer_closeness(
    actor: Actor, link: FormLink, asked: Questionnaire, told: Mapping[str, int], *, agreed: bool
) -> bool:
    """Keep whether a customer clearly likes to hear more or to be left room; the answers are not kept.

    Args:
        actor: the customer themselves, without a login.
        link: under which they answer.
        asked: the questionnaire on closeness.
        told: value by item.
        agreed: whether they agreed to this, apart from the form.

    Returns:
        Whether something follows from the answers.

    Raises:
        RefusedError: they did not agree, left something out, or a colleague is logged in.
    """
    if actor.user is not None:
        raise RefusedError("people.refused.theirs_alone")
    if not agreed:
        raise RefusedError("people.refused.closeness", "agreed")
    missing = len(asked.items) - len(told)
    if missing > 0:
        raise RefusedError("people.refused.missing", count=missing)
    try:
        value = attachment_of(scale_scores(asked, told))
    except AnswerError as error:
        raise RefusedError("people.refused.choice") from error
    at = {"party": link.party, "house": link.house, "what": "attachment", "origin": SELF_REPORT}
    with transaction.atomic():
        count_save(link, actor.now_us, answered=True)
        told_before = Statement.objects.filter(of_party(link.party), house=link.house)
        told_before.filter(what="attachment", origin=SELF_REPORT).delete()
        if value:
            Statement.objects.create(
                **at, value=value, form=True, t_us=actor.now_us,
                until_us=actor.now_us + asked.keeps_days * DAY_US,
            )  # fmt: skip
        write_audit(actor, "finish_own_sitting", link.party.uid)
    return bool(value)
