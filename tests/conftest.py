"""Settings that all tests share."""

from __future__ import annotations

import os
import shutil
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


@pytest.fixture(scope="session")
def chromium():
    """One browser for all pages; tests that need it are skipped aloud without it, and never in CI."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium")
    if found is None:
        assert os.environ.get("CI") != "true", "Chromium is missing: apt install chromium"
        pytest.skip("Chromium is missing: apt install chromium")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # The browser's loop runs in this thread beside the database's calls, which wait for nothing of it.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        yield browser
        browser.close()
