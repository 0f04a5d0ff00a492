"""A guest of the hotel, the link of her own form, and somebody without a login."""

from __future__ import annotations

import pytest
from django.test import Client

from troth.web.people.actions.links import make_form_link


@pytest.fixture
def guest(lived):
    """Chen Jing, a guest of the hotel."""
    return lived.party("guest:chen")


@pytest.fixture
def link(lived, guest) -> str:
    """The address of her form."""
    return f"/f/{make_form_link(lived.actor('front_line'), guest, lived.house)[1]}/"


@pytest.fixture
def visitor() -> Client:
    """Somebody without a login."""
    return Client(headers={"accept-language": "en"})
