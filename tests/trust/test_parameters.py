"""Parameters and the file they live in."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from troth.trust.parameters import (
    ParameterError,
    Parameters,
    default_parameters,
    read_parameters,
    write_parameters,
)  # fmt: skip


def test_the_shipped_ones_share_one_whole():
    """All β of a sign sum to 1: no evidence is counted more than once."""
    np.testing.assert_allclose(default_parameters().beta.sum(axis=(0, 2)), 1.0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"beta": -np.ones((6, 2, 5))}, {"beta": np.ones((6, 2, 4))}, {"c": np.zeros((6, 2))},
        {"strength": 0.0}, {"inflation": -1.0}, {"lean": 0.0}, {"prior_mean": 1.0},
        {"platt_slope": 0.0}, {"slope": -0.1},
    ],
    ids=lambda w: next(iter(w)),
)  # fmt: skip
def test_what_would_break_the_laws_is_refused(wrong):
    """A weight below zero, or a shape that does not fit, is an error that names the field."""
    with pytest.raises(ParameterError, match=next(iter(wrong))):
        replace(default_parameters(), **wrong)


def test_a_file_gives_back_what_was_written(tmp_path):
    """Infinite half-lives included."""
    path = tmp_path / "p.toml"
    write_parameters(default_parameters(), path)
    assert read_parameters(path).to_dict() == default_parameters().to_dict()
    assert [p.name for p in tmp_path.iterdir()] == ["p.toml"]


@pytest.mark.parametrize(
    ("text", "words"),
    [("x = [", "p.toml"), ("slope = 1", "half_lives_days"), ("", "half_lives_days")],
)
def test_a_broken_file_is_named(tmp_path, text, words):
    """The message names the file and the field."""
    path = tmp_path / "p.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ParameterError, match=words):
        read_parameters(path)
    with pytest.raises(ParameterError, match=r"missing\.toml"):
        read_parameters(tmp_path / "missing.toml")


def test_a_tied_c_follows_the_base_rate():
    """c⁺ = sμ and c⁻ = s(1 − μ); a fitted c stays."""
    shipped = default_parameters()
    np.testing.assert_allclose(shipped.concentration(0.9)[0], [7.2, 0.8])
    fitted = Parameters.from_dict(shipped.to_dict() | {"tied": False})
    np.testing.assert_allclose(fitted.concentration(0.9), shipped.c)
