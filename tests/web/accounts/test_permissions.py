"""What a page says of a role is what the table allows."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from troth.pages.words import Words
from troth.web.accounts.access import DEEDS, Role
from troth.web.accounts.permissions import CALLED, MAY, called, explained, seen_by

ROLES = pytest.mark.parametrize("role", Role.values)
LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


def test_every_deed_and_every_role_has_words() -> None:
    """``see`` is said by what is seen."""
    assert set(MAY) | {"see"} == set(DEEDS)
    assert set(CALLED) == set(Role)


@ROLES
@LANGUAGES
def test_the_sentence_names_each_deed_that_is_allowed_and_no_other(role, lang) -> None:
    """One sentence, in both languages."""
    words = Words(lang, ZoneInfo("UTC"), {})
    said = explained(role, words)
    for deed, key in MAY.items():
        assert (words.say(key) in said) == (role in DEEDS[deed]), deed
    assert words.say(seen_by(role)) in said
    assert said.count("。" if lang == "zh" else ".") == 1
    assert called(role, words) not in ("", role)


def test_a_deed_that_is_taken_away_leaves_the_sentence(monkeypatch) -> None:
    """The page follows the table."""
    words = Words("en", ZoneInfo("UTC"), {})
    monkeypatch.setitem(DEEDS, "merge", frozenset({Role.ADMIN}))
    assert words.say(MAY["merge"]) not in explained(Role.LEAD, words)


def test_whom_each_role_sees_is_what_scope_decides() -> None:
    """Own team, own house, everything."""
    seen = {role.value: seen_by(role).rpartition(".")[2] for role in Role}
    assert seen == {
        "front_line": "team", "lead": "house", "coach": "house",
        "analyst": "everything", "admin": "everything",
    }  # fmt: skip
