"""First names: the surname goes where it is sure to be one."""

from __future__ import annotations

import pytest

from troth.people.names import first_name


@pytest.mark.parametrize(
    ("zh", "en", "said_zh", "said_en"),
    [
        ("王小明", "Wang Xiaoming", "小明", "Xiaoming"),
        ("陈静", "Chen Jing", "陈静", "Jing"),
        ("陈静", "Jing Chen", "陈静", "Jing"),
        ("欧阳静", "Ouyang Jing", "欧阳静", "Jing"),
        ("欧阳小静", "", "小静", "小静"),
        ("", "Alistair Benbow", "Alistair", "Alistair"),
        ("艾丽斯·本博", "Alice Benbow", "艾丽斯·本博", "Alice"),
        ("", "Lily", "Lily", "Lily"),
        ("", "Dr. Benbow", "", ""),
        ("", "", "", ""),
    ],
)
def test_the_surname_goes(zh, en, said_zh, said_en):
    """By two characters at least in Chinese; by the order of the name in English."""
    assert (first_name(zh, en, "zh"), first_name(zh, en, "en")) == (said_zh, said_en)


def test_where_both_may_be_surnames_the_whole_name_stays():
    """Nobody is called by their surname alone."""
    assert first_name("林杨", "Lin Yang", "en") == "Lin Yang"
