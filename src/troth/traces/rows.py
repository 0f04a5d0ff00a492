"""Rows of evidence: what the ledger hands to the traces."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from troth.types import AnyArray, CodeArray, FloatArray, IntArray

DIMENSIONS = ("ability", "reliability", "integrity", "benevolence")


@dataclass(frozen=True)
class Rows:
    """Evidence as columns of one length n, in any order.

    Attributes:
        truster: (n,) int32 party code of who trusts.
        trustee: (n,) int32 party code of who is trusted.
        organisation: (n,) int32 organisation of the trustee at the time; −1 for none.
        t_us: (n,) int64 time the mass decays from, microseconds UTC.
        from_us: (n,) int64 time the row is known from, ≥ ``t_us``.
        good: (n,) float64 mass for trust; negative in a correction.
        bad: (n,) float64 mass against trust; negative in a repair or a correction.
        loadings: (n, 4) float64 share of the mass by dimension, summing to 1.
    """

    truster: CodeArray
    trustee: CodeArray
    organisation: CodeArray
    t_us: IntArray
    from_us: IntArray
    good: FloatArray
    bad: FloatArray
    loadings: FloatArray

    def __len__(self) -> int:
        return int(self.truster.size)

    def take(self, index: AnyArray | slice) -> Rows:
        """The rows at ``index`` (positions, mask or slice), as new columns."""
        return Rows(*(getattr(self, field.name)[index] for field in fields(self)))

    def known_before(self, at_us: int) -> Rows:
        """The rows that a query at ``at_us`` may use: those with ``from_us`` < ``at_us``."""
        return self.take(self.from_us < at_us)

    def toward_organisations(self, party_of: CodeArray) -> tuple[Rows, AnyArray]:
        """The same evidence with each trustee's organisation standing in its place.

        Rows without an organisation are left out, and so are those that would have an organisation
        trust itself. This is how customer × house and organisation beliefs are read off.

        Args:
            party_of: (organisations,) int32 party code of each organisation.

        Returns:
            The rows, and their positions among these.
        """
        housed = self.organisation >= 0
        trustee = self.truster.copy()  # nobody trusts themselves, so these fall out below
        trustee[housed] = party_of[self.organisation[housed]]
        kept = trustee != self.truster
        place = np.flatnonzero(kept)
        rows = self if kept.all() else self.take(place)
        none = np.full(place.size, -1, dtype=np.int32)
        return replace(rows, trustee=trustee[place], organisation=none), place
