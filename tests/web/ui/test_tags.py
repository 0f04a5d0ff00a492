"""What templates can say: icons, chips, trends, fields, marked words, the chart."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import Context, Template

from tests.web.ui.templates import TEMPLATES, WEB
from troth.content.acts import acts
from troth.pages.charts import Curve, Mark
from troth.pages.words import Words
from troth.trust.stage import STAGES
from troth.web.ui.drawing import curve_data
from troth.web.ui.templatetags import troth as tags


def drawn(source: str, lang: str = "en", **values: object) -> str:
    """A piece of template, filled in."""
    words = Words(lang, ZoneInfo("Asia/Shanghai"), {})
    return Template("{% load troth %}" + source).render(Context({"words": words, **values}))


def test_every_icon_named_is_drawn() -> None:
    """A name without a drawing would show nothing."""
    sprite = (WEB / "ui/static/ui/icons.svg").read_text(encoding="utf-8")
    known = set(re.findall(r'<symbol id="([a-z-]+)"', sprite))
    named = {
        n for path in TEMPLATES for n in re.findall(r'\{% icon "([^"]+)"', path.read_text("utf-8"))
    }
    from troth.web.accounts.navigation import PLACES

    assert named | {place.icon for place in PLACES} <= known
    assert {"arrow-up", "arrow-down", "steady", "clock", "repair"} <= known


def test_an_icon_is_silent_unless_it_is_named() -> None:
    """Words beside it are read once."""
    assert 'aria-hidden="true"' in drawn('{% icon "check" %}')
    assert 'role="img" aria-label="Close"' in drawn('{% icon "x" label="ui.close" %}')


def test_stages_are_those_of_the_model() -> None:
    """The list here spares each page the compiler; it must not drift."""
    assert tags.STAGES == STAGES


@pytest.mark.parametrize(
    ("lang", "stage", "repair"), [("zh", "建立信任", "修复"), ("en", "Building", "Repair")]
)
def test_a_stage_is_said_in_words(lang, stage, repair) -> None:
    """With the overlay where there is one."""
    assert stage in drawn("{% stage 2 %}", lang)
    assert repair not in drawn("{% stage 2 %}", lang)
    assert repair in drawn("{% stage 2 True %}", lang)


@pytest.mark.parametrize(
    ("change", "enough", "said", "side"),
    [
        (0.064, True, "up 6", " good"),
        (-0.12, True, "down 12", " bad"),
        (0.004, True, "steady", ""),
        (-0.3, False, "too early to tell", ""),
    ],
)
def test_a_trend_is_said_in_words(change, enough, said, side) -> None:
    """Colour and arrow only help; thin evidence shows no number."""
    page = drawn("{% trend change enough %}", change=change, enough=enough)
    assert said in page
    assert f'class="trend{side}"' in page


def test_every_act_has_a_family_with_a_style() -> None:
    """Five families, each with a line of its own."""
    sheet = (WEB / "ui/static/ui/parts.css").read_text(encoding="utf-8")
    families = {tags.act_class(act) for act in acts()} | {tags.act_class("unheard of")}
    assert families == {"act-good", "act-bad", "act-promise", "act-need", "act-plain"}
    rules = dict(re.findall(r"mark\.([a-z-]+) \{(.*?)\}", sheet))
    lines = [re.findall(r"decoration-style: (\w+)", rules[family]) for family in families]
    assert len({*map(tuple, lines)}) == 5


def test_a_field_is_wired_for_screen_readers() -> None:
    """Label, help and error belong to it by id."""

    class Asked(forms.Form):
        when = forms.CharField()

    page = drawn('{% field form.when "ui.login.name" help="ui.skip" %}', form=Asked({}))
    assert '<label for="id_when">User name</label>' in page
    told = re.search(r'aria-describedby="([^"]+)"', page)[1].split()
    assert len(told) == 2
    assert set(told) <= set(re.findall(r' id="([^"]+)"', page))
    assert 'aria-invalid="true"' in page


def test_minutes_are_rounded_up() -> None:
    """Nobody is sent back a few seconds early."""
    assert drawn("{{ span|minutes }}", span=timedelta(seconds=61)) == "2"
    assert drawn("{{ span|minutes }}", span=timedelta(0)) == "1"


CURVE = Curve(
    [(1_000_000, 0.61234567, 0.5, 0.7), (2_000_000, 0.7, 0.6, 0.8)],
    [Mark(1_500_000, 0.65, -0.3, 'said "<b>no</b>"')],
    [(1_000_000, "Jan")],
    (0, 3_000_000),
    0.5,
)


def test_the_chart_is_there_without_script() -> None:
    """As SVG for a desk and for a phone, and once more as data for the script."""
    page = drawn('{% trust_over_time curve "Trust" leads %}', curve=CURVE, leads=["#e-1"])
    assert page.count("<svg") == 2
    assert "<b>no" not in page
    data = json.loads(unescape(re.search(r'data-curve="([^"]+)"', page)[1]))
    assert data == curve_data(CURVE, ["#e-1"])
    assert data["points"][0] == [1.0, 0.6123, 0.5, 0.7]
    assert data["marks"][0]["title"] == 'said "<b>no</b>"'
    assert 'data-zone="Asia/Shanghai"' in page


def test_each_mark_leads_somewhere_or_none_does() -> None:
    """A list of another length would lead to the wrong events."""
    assert curve_data(CURVE)["marks"][0]["href"] == ""
    with pytest.raises(ValueError, match="argument 2"):
        curve_data(CURVE, ["#e-1", "#e-2"])
