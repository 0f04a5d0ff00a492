"""Settings that all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Compiled folds make the first example of a run slow, which says nothing about the code.
settings.register_profile(
    "troth",
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)
settings.register_profile(
    "thorough", settings.get_profile("troth"), max_examples=2000, derandomize=False
)
settings.load_profile(os.environ.get("TROTH_HYPOTHESIS", "troth"))


@pytest.fixture(scope="session")
def bench_data() -> Path:
    """The folder of public data; tests that need it skip, and say so, where it is absent."""
    folder = Path(os.environ.get("TROTH_BENCH_DATA", Path(__file__).parents[2] / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"public data is absent: no folder {folder} (set TROTH_BENCH_DATA)")
    return folder
