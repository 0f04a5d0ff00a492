"""Which relationships a score is about: who trusts whom, at which level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from troth.traces.hashing import number, pack
from troth.trust.trials import rows_of

if TYPE_CHECKING:
    from troth.ledger.evidence import Evidence
    from troth.traces.rows import Rows
    from troth.types import CodeArray, IntArray

LEVELS: Final = ("house", "pair", "trustee", "organisation")


@dataclass(frozen=True)
class Relations:
    """Relationships at one level, and the evidence as that level sees it.

    At the levels house and organisation an organisation stands in the place of its members, so the
    same six origins apply: what a customer lived with anyone of the house is direct evidence about
    the house. At the levels trustee and organisation the truster is a newcomer (code −1): only
    reputation and culture speak.

    Attributes:
        level: one of ``LEVELS``.
        rows: evidence, sorted by ``from_us``.
        place: (n,) position of each row among the rows of ``Evidence``.
        of_row: (n,) relationship of each row.
        truster: (k,) code, or −1 for a newcomer.
        trustee: (k,) code.
        organisation: (k,) the trustee's latest organisation; −1 for none.
    """

    level: str
    rows: Rows
    place: IntArray
    of_row: CodeArray
    truster: CodeArray
    trustee: CodeArray
    organisation: CodeArray

    @property
    def of_newcomers(self) -> bool:
        """Whether the truster is anybody who has not met the trustee."""
        return self.level in ("trustee", "organisation")

    def __len__(self) -> int:
        return int(self.trustee.size)


def level_for(evidence: Evidence) -> str:
    """The level people look at by default: customer × house, or pairs where no house is named."""
    return "house" if (evidence.organisation >= 0).any() else "pair"


def relations_of(evidence: Evidence, level: str) -> Relations:
    """Every relationship that has evidence.

    Args:
        evidence: rows sorted by ``from_us``.
        level: one of ``LEVELS``.

    Raises:
        ValueError: the level is unknown, or asks for organisations where none is named.
    """
    if level not in LEVELS:
        msg = f"level must be one of {', '.join(LEVELS)}, got {level!r}"
        raise ValueError(msg)
    rows = rows_of(evidence)
    place = np.arange(len(rows))
    if level in ("house", "organisation"):
        rows, kept = rows.toward_organisations(_organisation_parties(evidence))
        place = place[kept]
        if len(evidence) and not kept.size:
            msg = f"level {level!r} needs events that name an organisation"
            raise ValueError(msg)
    if level in ("trustee", "organisation"):
        codes, distinct = number(rows.trustee.astype(np.int64))
        truster = np.full(distinct.size, -1, dtype=np.int32)
        trustee = distinct.astype(np.int32)
    else:
        codes, distinct = number(pack(rows.truster, rows.trustee))
        truster = (distinct >> 32).astype(np.int32)
        trustee = (distinct & 0xFFFFFFFF).astype(np.int32)
    latest = np.full(int(rows.trustee.max(initial=0)) + 1, -1, dtype=np.int32)
    latest[rows.trustee] = rows.organisation  # in order of time: the last one stays
    return Relations(level, rows, place, codes, truster, trustee, latest[trustee])


def party_names(evidence: Evidence) -> list[str]:
    """Names by party code, organisations that are no party themselves after all others."""
    known = set(evidence.parties)
    return [*evidence.parties, *(name for name in evidence.organisations if name not in known)]


def _organisation_parties(evidence: Evidence) -> CodeArray:
    """(organisations,) the party code of each organisation."""
    code = {name: i for i, name in enumerate(party_names(evidence))}
    return np.array([code[name] for name in evidence.organisations], dtype=np.int32)
