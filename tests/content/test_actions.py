"""Content of the next action and the steadying routine: whole, in both languages, honest."""

from __future__ import annotations

import pytest

from troth.content.actions import FILE, deeds, load_mapping
from troth.content.sources import sources
from troth.content.steady import FILE as STEADY
from troth.content.steady import routines
from troth.content.yaml_files import ContentError
from troth.reading.reader import Reader

HARMFUL = {"blame", "evasion", "dismissal", "order", "over_promise"}


def test_what_is_owed_comes_before_what_is_kind_and_peace_comes_last():
    """The order of the file is the order in which deeds are proposed."""
    owed = [deed.owed for deed in deeds().values()]
    assert owed == sorted(owed, reverse=True)
    assert list(deeds())[-1] == "leave_in_peace"
    assert not any(deed.owed and deed.spends for deed in deeds().values())


def test_effects_quote_nothing_unverified_and_no_figure():
    """What to expect rests on a source that was read, or says nothing of size."""
    for deed in deeds().values():
        assert sources()[deed.source].verified, deed.key
        assert not any(c.isdigit() for text in deed.effect.values() for c in text), deed.key


@pytest.mark.parametrize(
    ("field", "value"),
    [("spends", True), ("source", "nobody"), ("leads", "away"), ("do", {"zh": "x"})],
)
def test_a_slip_in_the_file_is_named(tmp_path, field, value):
    """An owed deed that spends, an unknown source, a way that leads nowhere, a missing language."""
    import yaml

    told = {"call_late": {**load_mapping(FILE)["call_late"], field: value}}
    path = tmp_path / "actions.yaml"
    path.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ContentError, match="call_late"):
        deeds(path)


def test_a_routine_takes_a_minute_to_a_minute_and_a_half(tmp_path):
    """Four of them: before anger, one's own mistake, bad news, and after."""
    assert set(routines()) == {"anger", "mistake", "bad_news", "after"}
    assert all(60 <= one.seconds <= 90 for one in routines().values())
    path = tmp_path / "steady.yaml"
    text = STEADY.read_text(encoding="utf-8").replace("seconds: 24", "seconds: 99")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match="takes"):
        routines(path)


def test_first_sentences_do_no_harm():
    """The reader finds no blame, evasion or order in what the routine proposes to say."""
    reader = Reader.installed()
    for one in routines().values():
        for step in one.steps:
            said = step.do.values() if step.name["en"] == "First sentence" else ()
            for quoted in said:
                acts = {act.act for act in reader.read_message(quoted, "staff", None).acts}
                assert not acts & HARMFUL, quoted
