"""Kind, outcome, weight and loadings of each record: given, or the codebook's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from troth.content.kinds import codebook, kind_name, nearest_kind
from troth.ledger.numbers import parse_numbers
from troth.ledger.parties import codes_of, missing, recode
from troth.ledger.schema import DIMENSIONS

if TYPE_CHECKING:
    from troth.ledger.raw import Raw
    from troth.ledger.rejections import Marks
    from troth.types import BoolArray, CodeArray, FloatArray

#: Loadings this near to 1 are left alone, so that what was written reads back to the last bit.
_SUM_TOLERANCE: Final = 1e-12
#: Looking for the nearest name is slow; a file with more unknown kinds has another trouble.
_MOST_SUGGESTIONS: Final = 50


def add_measures(raw: Raw, columns: dict[str, pa.Array], marks: Marks) -> None:
    """Add kind, outcome, weight, loadings; check the reference that a correction needs.

    Args:
        raw: a file's records.
        columns: typed so far, with ``kind`` as coded text and ``ref``; receives the columns.
        marks: receives the problems.
    """
    columns["kind"] = recode(columns["kind"], kind_name)
    kinds = list(codebook().values())
    codes = _known_kinds(columns["kind"], marks)
    retracts = np.array([*(kind.retracts for kind in kinds), False])[codes]
    marks.mark(retracts & missing(columns["ref"]), "ref", "ref_needed", columns["kind"])

    outcome, given = _numbers(raw, "outcome", marks)
    marks.mark(
        given & ((outcome < 0) | (outcome > 1)), "outcome", "outcome_range", _cell(raw, "outcome")
    )
    usual = np.array([*(np.nan if k.outcome is None else k.outcome for k in kinds), 0.0])[codes]
    outcome = np.where(given, outcome, usual)
    marks.mark(np.isnan(outcome), "outcome", "outcome_needed", columns["kind"])
    columns["outcome"] = pa.array(outcome)

    weight, given = _numbers(raw, "weight", marks)
    usual = np.array([*(kind.weight for kind in kinds), 0.0])[codes]
    too_small = (weight < 0) | ((weight == 0) & (usual > 0))
    marks.mark(given & too_small, "weight", "weight_range", _cell(raw, "weight"))
    columns["weight"] = pa.array(np.where(given, weight, usual))
    _add_loadings(raw, columns, marks, codes)


def _known_kinds(coded: pa.DictionaryArray, marks: Marks) -> CodeArray:
    """(n,) position of each kind in the codebook; −1 where it is not there, which is marked."""
    positions = {name: i for i, name in enumerate(codebook())}
    spellings = coded.dictionary.to_pylist()
    of_spelling = np.array([*(positions.get(s, -1) for s in spellings), -1], dtype=np.int32)
    codes = codes_of(coded)
    unknown = (of_spelling[codes] < 0) & (codes >= 0)
    if unknown.any():
        for code in np.unique(codes[unknown])[:_MOST_SUGGESTIONS]:
            near = nearest_kind(spellings[code])
            if near is not None:
                marks.mark(codes == code, "kind", "kind_suggested", coded, nearest=near)
        marks.mark(unknown, "kind", "kind_unknown", coded)
    return of_spelling[codes]


def _numbers(raw: Raw, name: str, marks: Marks) -> tuple[FloatArray, BoolArray]:
    """A column's numbers and where they are given, with marks where they are no finite numbers."""
    n = len(raw.table)
    if name not in raw.table.column_names:
        return np.zeros(n), np.zeros(n, dtype=np.bool_)
    numbers = parse_numbers(raw.table[name])
    marks.mark(numbers.unreadable, name, "not_a_number", _cell(raw, name))
    readable = numbers.present & ~numbers.unreadable
    marks.mark(readable & ~np.isfinite(numbers.values), name, "not_finite", _cell(raw, name))
    return np.where(np.isfinite(numbers.values), numbers.values, 0.5), numbers.present


def _cell(raw: Raw, name: str) -> pa.ChunkedArray | None:
    return raw.table[name] if name in raw.table.column_names else None


def _add_loadings(raw: Raw, columns: dict[str, pa.Array], marks: Marks, codes: CodeArray) -> None:
    kinds = codebook().values()
    usual = np.array([*([kind.loadings[d] for d in DIMENSIONS] for kind in kinds), [0.25] * 4])
    if not any(name in raw.table.column_names for name in DIMENSIONS):
        loadings = usual[codes]
    else:
        loadings = _given_loadings(raw, marks, usual[codes])
    for i, name in enumerate(DIMENSIONS):
        columns[name] = pa.array(np.ascontiguousarray(loadings[:, i]))


def _given_loadings(raw: Raw, marks: Marks, usual: FloatArray) -> FloatArray:
    """Given loadings, made to sum to 1; a record that gives some of them gives 0 for the others."""
    given = np.zeros(len(usual), dtype=np.bool_)
    loadings = np.zeros_like(usual)
    for i, name in enumerate(DIMENSIONS):
        values, here = _numbers(raw, name, marks)
        marks.mark(here & (values < 0), name, "loading_negative", _cell(raw, name))
        loadings[:, i] = np.where(here, values, 0.0)
        given |= here
    total = loadings.sum(axis=1)
    marks.mark(given & marks.good & ~(total > 0), DIMENSIONS[0], "loadings_zero")
    uneven = given & (total > 0) & np.isfinite(total) & (np.abs(total - 1.0) > _SUM_TOLERANCE)
    loadings[uneven] /= total[uneven, None]
    return np.where(given[:, None], loadings, usual)
