"""People at the door."""

from __future__ import annotations

import pytest

PASSWORD = "a-calm-river-42"


@pytest.fixture
def person(db):
    """Makes somebody with a login: ``person("lead", lang="en")``."""
    from troth.web.accounts.models import User

    def made(role="front_line", lang="zh", **more):
        name = more.pop("username", f"{role}-{lang}")
        return User.objects.create_user(name, password=PASSWORD, role=role, lang=lang, **more)

    return made


@pytest.fixture
def entered(client, person):
    """A client that is logged in: ``entered("admin", lang="en")``."""

    def inside(role="front_line", lang="zh", **more):
        client.force_login(person(role, lang, **more), "django.contrib.auth.backends.ModelBackend")
        return client

    return inside
