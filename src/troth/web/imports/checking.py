"""What a waiting file would come to, asked for by a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django_tasks import task

from troth.trust.clock import now_us
from troth.web.imports.beginning import is_small
from troth.web.imports.trial import Trial, digest_of, keep, kept, settled, try_out
from troth.web.ledger.models import Batch

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor

#: A check that has not come back by then is asked for again.
PATIENCE_US = 120 * 1_000_000


@task()
def check_job(batch: int, digest: str, lang: str) -> None:
    """Try a large file in the background.

    Args:
        batch: its number.
        digest: of the choice it is asked for; another one has taken its place where they differ.
        lang: language of reasons.
    """
    found = Batch.objects.filter(pk=batch, state=Batch.State.WAITING).first()
    if found is None:
        return
    told = settled(found)
    if digest_of(told, lang) == digest:
        try_out(found, told, now_us(), lang)


def check_file(actor: Actor, batch: Batch, told: dict[str, Any], lang: str) -> Trial:
    """What a waiting file would come to: at once for a small one, in the background for a large one.

    Nothing is recorded by it, so the audit log is not told.

    Args:
        actor: who asks.
        batch: with its file.
        told: the choice, settled.
        lang: language of reasons.

    Returns:
        The answer; one that is not ``done`` is still being worked on.
    """
    digest = digest_of(told, lang)
    known = kept(batch)
    if (
        known
        and known.digest == digest
        and (known.done or actor.now_us < known.asked_us + PATIENCE_US)
    ):
        return known
    if is_small(batch):
        return try_out(batch, told, actor.now_us, lang)
    keep(batch, Trial(digest, actor.now_us))
    check_job.enqueue(batch.pk, digest, lang)
    return kept(batch) or Trial(digest, actor.now_us)
