"""Sums straight from Parquet files."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.traces.laws import assert_same, mass_of
from tests.traces.worlds import END_US, many_rows
from troth.traces.batch import sum_file, sum_rows

AT_US = END_US + 1


def table_of(rows, **replaced):
    """The rows as a table with outcome and weight."""
    weight = rows.good + rows.bad
    columns = {
        "truster": rows.truster,
        "trustee": rows.trustee,
        "organisation": rows.organisation,
        "t_us": rows.t_us,
        "from_us": rows.from_us,
        "outcome": np.divide(rows.good, weight, out=np.zeros(len(rows)), where=weight > 0),
        "weight": weight,
        **replaced,
    }
    return pa.table({name: column for name, column in columns.items() if column is not None})


@pytest.fixture
def rows():
    """Enough rows for several row groups."""
    return many_rows(5_000)


@pytest.mark.parametrize("threads", [1, 2, 3])
@pytest.mark.parametrize("group", [100, 10_000])
def test_a_file_sums_to_what_its_rows_do(tmp_path, rows, threads, group):
    """Row groups, threads and rounds change nothing."""
    path = tmp_path / "events.parquet"
    pq.write_table(table_of(rows), path, row_group_size=group)
    with patch("troth.traces.batch.BLOCK_ROWS", 64), patch("troth.traces.batch.BLOCKS", 3):
        got = sum_file(path, AT_US, threads=threads)
    assert_same(got, sum_rows(rows, AT_US, dimensions=False), mass_of(rows))


def test_several_files_are_one(tmp_path, rows):
    """Files are read one after the other, also when one of them is empty."""
    paths = [tmp_path / f"{i}.parquet" for i in range(3)]
    for path, part in zip(paths, (slice(0, 2_000), slice(0, 0), slice(2_000, None)), strict=True):
        pq.write_table(table_of(rows.take(part)), path, row_group_size=300)
    expected = sum_rows(rows, AT_US, dimensions=False)
    assert_same(sum_file([str(path) for path in paths], AT_US), expected, mass_of(rows))


def test_narrow_types_and_absent_columns(tmp_path, rows):
    """Integers and floats of other widths are read; no organisation means none, no from_us t_us."""
    path = tmp_path / "events.parquet"
    narrow = {"truster": rows.truster.astype(np.int64), "trustee": rows.trustee.astype(np.uint16)}
    pq.write_table(table_of(rows, organisation=None, from_us=None, **narrow), path)
    traces = sum_file(path, AT_US)
    assert len(traces.house) == len(traces.organisation) == 0
    known = (rows.t_us < AT_US).sum()
    assert known == len(rows)
    assert traces.trustee.sums[:, :, -1].sum() == pytest.approx(mass_of(rows))


def test_empty_organisations_mean_none(tmp_path, rows):
    """A null organisation is the same as −1."""
    path = tmp_path / "events.parquet"
    nullable = pa.array(rows.organisation, mask=rows.organisation < 0)
    pq.write_table(table_of(rows, organisation=nullable), path)
    assert_same(sum_file(path, AT_US), sum_rows(rows, AT_US, dimensions=False), mass_of(rows))


@pytest.mark.parametrize(
    ("replaced", "words"),
    [
        ({"weight": None, "t_us": None}, "missing: t_us, weight"),
        ({"truster": np.full(5_000, -3)}, "negative code"),
        ({"truster": np.full(5_000, 1 << 40)}, "truster"),
        ({"weight": np.full(5_000, np.nan)}, "not finite"),
        ({"outcome": np.full(5_000, np.inf)}, "not finite"),
        ({"trustee": pa.nulls(5_000, pa.int32())}, "trustee has empty cells"),
        ({"truster": np.full(5_000, "anna")}, "truster"),
    ],
)
def test_bad_columns_are_named(tmp_path, rows, replaced, words):
    """What a file must not hold is refused with the reason."""
    path = tmp_path / "events.parquet"
    pq.write_table(table_of(rows, **replaced), path)
    with pytest.raises(ValueError, match=words):
        sum_file(path, AT_US)


def test_room_is_made_when_nearly_every_row_is_a_new_key(rows):
    """The first guess of how many keys there are may be too low by far."""
    with (
        patch("troth.traces.batch.BLOCK_ROWS", 16),
        patch("troth.traces.batch.BLOCKS", 1),
        patch("troth.traces.batch.empty_arena", lambda _, width: _small(width)),
    ):
        got = sum_rows(rows, AT_US)
    assert_same(got, sum_rows(rows, AT_US), mass_of(rows))


def _small(width):
    from troth.traces.arena import empty_arena

    return empty_arena(1, width)
