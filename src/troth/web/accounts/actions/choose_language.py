"""Somebody chooses the language that the desk speaks with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from troth.content.yaml_files import LANGUAGES
from troth.web.accounts.actor import write_audit

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor


def choose_language(actor: Actor, lang: str) -> None:
    """Set the doer's own language.

    Args:
        actor: who; with a user.
        lang: ``zh`` or ``en``.

    Raises:
        ValueError: the desk does not speak that language, or nobody is there to speak with.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"the desk does not speak {lang!r}")
    if actor.user is None:
        raise ValueError("only a person has a language of their own")
    if actor.user.lang == lang:
        return
    with transaction.atomic():
        actor.user.lang = lang
        actor.user.save(update_fields=["lang"])
        write_audit(actor, "choose_language", lang)
