"""Outcomes to be forecast, each with what was known strictly before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from troth.traces.keys import PAIR, keys_of
from troth.traces.prequential import prequential
from troth.traces.rows import Rows
from troth.trust.likelihood import Design

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.ledger.events import Events
    from troth.ledger.evidence import Evidence
    from troth.traces.keys import Keys
    from troth.types import AnyArray, BoolArray, CodeArray, FloatArray, IntArray

#: What a reader made of a text is evidence, never a target.
READER_SOURCE = "reading"


@dataclass(frozen=True)
class Trials:
    """n outcomes in order of time.

    Attributes:
        design: evidence, base rate, outcome and covariates of each.
        from_us: (n,) when each outcome became known.
        pair: (n,) code of (truster, trustee).
        trustee: (n,) party code of the trustee, numbered as ``truster``.
        truster: (n,) code of the truster.
        event: (n,) place in the events' table.
    """

    design: Design
    from_us: IntArray
    pair: CodeArray
    trustee: CodeArray
    truster: CodeArray
    event: CodeArray

    def __len__(self) -> int:
        return len(self.design)


def rows_of(evidence: Evidence) -> Rows:
    """The evidence as rows for the traces."""
    return Rows(
        evidence.truster, evidence.trustee, evidence.organisation, evidence.t_us, evidence.from_us,
        evidence.good, evidence.bad, evidence.loadings,
    )  # fmt: skip


def kind_codes(evidence: Evidence, events: Events) -> tuple[CodeArray, list[str]]:
    """For each row the kind whose mass it carries: its own, or that of the breach it amends."""
    from troth.ledger.parties import codes_of

    kinds = events.table["kind"].combine_chunks()
    place = np.where(evidence.breach >= 0, evidence.breach, evidence.event)
    return codes_of(kinds)[place], kinds.dictionary.to_pylist()


def kind_factors(
    evidence: Evidence, events: Events, factors: dict[str, float]
) -> FloatArray | float:
    """(n,) factor on each row's mass; 1 where nothing was learned about kinds."""
    if not factors:
        return 1.0
    codes, names = kind_codes(evidence, events)
    return np.array([factors.get(name, 1.0) for name in names])[codes]


def targets_of(evidence: Evidence, events: Events) -> BoolArray:
    """(n,) rows that a fit may aim at: hard outcomes of judged kinds, one per event."""
    import pyarrow.compute as pc

    from_reader = pc.fill_null(
        pc.starts_with(events.table["source"].cast("string"), READER_SOURCE), False
    )
    soft = from_reader.combine_chunks().to_numpy(zero_copy_only=False)
    return np.asarray(evidence.judged & (evidence.breach < 0) & ~soft[evidence.event])


def running_base(
    at_us: IntArray, known_us: IntArray, outcomes: FloatArray, prior: tuple[float, float]
) -> FloatArray:
    """Base rate of the outcomes known strictly before each time.

    Args:
        at_us: (m,) times asked about.
        known_us: (n,) sorted times at which outcomes became known.
        outcomes: (n,) 0–1.
        prior: mean and how many outcomes it is worth.

    Returns:
        (m,) rates inside (0, 1).
    """
    before = np.searchsorted(known_us, at_us, side="left")
    total = np.concatenate([[0.0], np.cumsum(outcomes)])[before]
    mean, worth = prior
    return np.asarray((total + mean * worth) / (before + worth))


@dataclass(frozen=True)
class Ground:
    """Everything a fit reads from one set of events, before any choice is made."""

    evidence: Evidence
    events: Events
    rows: Rows
    keys: Keys
    targets: BoolArray

    @classmethod
    def of(cls, evidence: Evidence, events: Events) -> Ground:
        """Number the keys and find the targets."""
        rows = rows_of(evidence)
        return cls(evidence, events, rows, keys_of(rows), targets_of(evidence, events))

    def origins(
        self,
        wanted: BoolArray,
        half_lives: tuple[float, ...],
        mass_factor: FloatArray | float = 1.0,
    ) -> FloatArray:
        """Evidence of the wanted rows with each row's mass multiplied by ``mass_factor``."""
        r = self.rows
        scaled = Rows(
            r.truster, r.trustee, r.organisation, r.t_us, r.from_us,
            r.good * mass_factor, r.bad * mass_factor, r.loadings,
        )  # fmt: skip
        return prequential(scaled, self.keys, wanted, half_lives)

    def covariates(self, columns: Sequence[str], wanted: BoolArray) -> FloatArray:
        """(wanted, k) raw numbers of extra columns.

        Raises:
            ValueError: a column is missing or holds something that is not a finite number.
        """
        place = self.evidence.event[wanted]
        out = np.empty((place.size, len(columns)))
        for k, column in enumerate(columns):
            out[:, k] = _numbers(self.events, column)[place]
        return out

    def trials(
        self,
        half_lives: tuple[float, ...],
        prior: tuple[float, float],
        factor: FloatArray | float = 1.0,
        covariates: FloatArray | None = None,
    ) -> Trials:
        """All targets with what was known before each."""
        wanted = self.targets
        known, outcome = self.rows.from_us[wanted], self.evidence.outcome[wanted]
        base = running_base(known, known, outcome, prior)
        logit = np.log(base) - np.log1p(-base)
        x = np.empty((known.size, 0)) if covariates is None else covariates
        return Trials(
            Design(self.origins(wanted, half_lives, factor), logit, outcome, x),
            known,
            self.keys.ids[wanted, PAIR],
            self.rows.trustee[wanted],
            self.rows.truster[wanted],
            self.evidence.event[wanted],
        )


def _numbers(events: Events, column: str) -> AnyArray:
    if column not in events.table.column_names:
        msg = f"covariate column {column!r} is not in the events"
        raise ValueError(msg)
    try:
        values = np.asarray(events.table[column].cast("float64").to_numpy(), dtype=np.float64)
    except Exception as error:
        msg = f"covariate column {column!r}: {error}"
        raise ValueError(msg) from error
    if not np.isfinite(values).all():
        msg = f"covariate column {column!r} has a missing or infinite value"
        raise ValueError(msg)
    return values
