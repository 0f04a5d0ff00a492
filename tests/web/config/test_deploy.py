"""A desk behind a proxy with HTTPS: Django's own list of things to see to before one goes live."""

from __future__ import annotations

import os
import subprocess
import sys


def django(home, *told, **more):
    """A command of Django on a desk of its own, with the settings that ship."""
    ours = ("TROTH_", "DJANGO_")  # tests with a browser set some of Django's own
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [sys.executable, "-m", "django", *told],
        env={**kept, "TROTH_HOME": str(home), "DJANGO_SETTINGS_MODULE": "troth.web.config.settings"}
        | more,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


DEPLOY = ("check", "--deploy", "--fail-level", "INFO")


def test_nothing_is_left_to_see_to(tmp_path) -> None:
    """With HTTPS and a name of its own."""
    ran = django(tmp_path, *DEPLOY, TROTH_HTTPS="1", TROTH_HOSTS="desk.example.org")
    assert ran.stderr == ""
    assert ran.returncode == 0
    assert ran.stdout.strip() == "System check identified no issues (0 silenced)."


def test_plain_http_is_found_out(tmp_path) -> None:
    """The same list speaks up where cookies would travel in the open."""
    ran = django(tmp_path, *DEPLOY)
    assert ran.returncode == 1
    assert "security.W012" in ran.stderr


def test_every_model_is_migrated(tmp_path) -> None:
    """A field without its migration would fail on the desk of whoever updates."""
    ran = django(tmp_path, "makemigrations", "--check", "--dry-run")
    assert (ran.returncode, ran.stdout.strip()) == (0, "No changes detected"), ran.stdout
