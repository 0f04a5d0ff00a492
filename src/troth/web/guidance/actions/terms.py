"""The words of a house: kept, removed, taken in from a file."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction

from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import write_audit
from troth.web.guidance.models import Term

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor
    from troth.web.parties.models import Party

COLUMNS: Final = ("zh", "en", "means_zh", "means_en")
_LONGEST: Final = {"zh": 60, "en": 60, "means_zh": 120, "means_en": 120}
_FILE_BYTES: Final = 1 << 20
_ROWS: Final = 2_000


@dataclass(frozen=True)
class Told:
    """A word as it was given.

    Attributes:
        zh: the agreed Chinese.
        en: the agreed English.
        means_zh: what it means, where that needs saying.
        means_en: the same in English.
    """

    zh: str
    en: str
    means_zh: str = ""
    means_en: str = ""

    def is_good(self) -> bool:
        """Whether it can be kept."""
        fits = all(len(getattr(self, name)) <= most for name, most in _LONGEST.items())
        clean = all(getattr(self, name).isprintable() for name in COLUMNS)
        return bool(self.zh and self.en and fits and clean)


def save_term(actor: Actor, house: Party, told: Told, term: Term | None = None) -> Term:
    """Keep a word, or change one.

    Args:
        actor: who does it.
        house: whose word it is.
        told: the word.
        term: the one to change; None adds one.

    Raises:
        RefusedError: a language is missing or too long, or the word is there already.
    """
    if not told.is_good():
        raise RefusedError("terms.both", "zh")
    with transaction.atomic():
        others = Term.objects.filter(house=house, zh=told.zh)
        if (others.exclude(pk=term.pk) if term else others).exists():
            raise RefusedError("terms.twice", "zh", zh=told.zh)
        kept = term or Term(house=house)
        for name in COLUMNS:
            setattr(kept, name, getattr(told, name))
        kept.save()
        write_audit(actor, "save_term", str(kept.pk), house=house.uid)
    return kept


def remove_term(actor: Actor, term: Term) -> None:
    """Take a word off the list."""
    with transaction.atomic():
        number, house = term.pk, term.house.uid
        term.delete()
        write_audit(actor, "remove_term", str(number), house=house)


def import_terms(actor: Actor, house: Party, data: bytes) -> int:
    """Take in a file of words: those that are there already are changed, all or none.

    Args:
        actor: who does it.
        house: whose words they are.
        data: CSV in UTF-8 with the columns ``COLUMNS``, of which the first two are needed.

    Returns:
        How many were taken in.

    Raises:
        RefusedError: the file is no such file, or a row cannot be used; it is named.
    """
    rows = _rows(data)
    with transaction.atomic():
        for told in rows:
            fields = {name: getattr(told, name) for name in COLUMNS[1:]}
            Term.objects.update_or_create(house=house, zh=told.zh, defaults=fields)
        write_audit(actor, "import_terms", house.uid, count=len(rows))
    return len(rows)


def _rows(data: bytes) -> list[Told]:
    try:
        text = data.decode("utf-8-sig") if len(data) <= _FILE_BYTES else ""
        lines = list(csv.DictReader(io.StringIO(text)))
    except (UnicodeDecodeError, csv.Error) as error:
        raise RefusedError("terms.file.columns", "file") from error
    if not lines or not {"zh", "en"} <= lines[0].keys() or len(lines) > _ROWS:
        raise RefusedError("terms.file.columns", "file")
    found = []
    for number, line in enumerate(lines, start=2):
        told = Told(*((line.get(name) or "").strip() for name in COLUMNS))
        if not told.is_good():
            raise RefusedError("terms.file.row", "file", row=number)
        found.append(told)
    return found
