"""The desk's settings for tests: a home of its own in a temporary folder, jobs at once, quick hashes."""

from __future__ import annotations

import os
import tempfile

os.environ["TROTH_HOME"] = tempfile.mkdtemp(prefix="troth-tests-")
os.environ["TROTH_TASKS"] = "django_tasks.backends.immediate.ImmediateBackend"

from troth.web.config.settings import *  # noqa: F403 - the home must be named before

HOME.make()  # noqa: F405 - of the settings
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
