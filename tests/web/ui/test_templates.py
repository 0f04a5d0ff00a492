"""Templates hold no words of their own, and nothing that the content policy would refuse."""

from __future__ import annotations

import re
import string

import pytest

from tests.web.ui.templates import READ, TEMPLATES, WEB, Parts, has_words
from troth.content.text import FOLDER, phrases
from troth.content.yaml_files import load_mapping

NAMED = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB)))
#: Keys that are put together from a fixed beginning and the name of a thing.
BUILT = ("ui.nav.", "ui.trend.", "ui.error.")


@NAMED
def test_no_words_stand_in_a_template(path) -> None:
    """Text and spoken attributes come from phrases, so that no language is forgotten."""
    parts = Parts(path.read_text(encoding="utf-8"))
    stray = [text for text in parts.texts if has_words(text[1])]
    stray += [
        (line, value)
        for line, _, name, value in parts.attributes
        if name in READ and has_words(value)
    ]
    assert stray == []


def test_stray_words_would_be_seen() -> None:
    """The search above finds what it looks for."""
    parts = Parts('<p title="Hello">{% say "a.b" %} 你好{# a note #}</p>')
    assert [text.strip() for _, text in parts.texts if has_words(text)] == ["你好"]
    assert ("title", "Hello") in [(name, value) for _, _, name, value in parts.attributes]


@NAMED
def test_nothing_is_inline(path) -> None:
    """No script or style in the page, no handler in an attribute, nothing that is evaluated."""
    source = path.read_text(encoding="utf-8")
    parts = Parts(source)
    refused = [a for a in parts.attributes if a[2] == "style" or a[2].startswith(("on", "hx-on"))]
    refused += [a for a in parts.attributes if a[3].strip().startswith(("javascript:", "js:"))]
    refused += [a for a in parts.attributes if a[2] == "hx-trigger" and "[" in a[3]]
    assert refused == []
    assert "style" not in parts.inside
    assert len(re.findall(r"<script\b", source)) == len(
        re.findall(r"<script src=[^>]*></script>", source)
    )


@NAMED
def test_nothing_comes_from_elsewhere(path) -> None:
    """Every address is the desk's own."""
    attributes = Parts(path.read_text(encoding="utf-8")).attributes
    leads = {"src", "href", "action", "formaction", "hx-get", "hx-post", "hx-delete"}
    asked = [value for _, _, name, value in attributes if name in leads]
    assert not [value for value in asked if value.startswith(("http:", "https:", "//"))]


@NAMED
def test_every_phrase_named_exists_and_its_gaps_are_filled(path) -> None:
    """A slip in a key or a gap would otherwise show only on the page that needs it."""
    source = path.read_text(encoding="utf-8")
    for tag, key, rest in re.findall(r"""\{% *(say|count) +["']([\w.]+)["']([^%]*)%\}""", source):
        keys = [key] if tag == "say" else [f"{key}.one", f"{key}.more"]
        filled = set(re.findall(r"(\w+)=", rest)) | ({"count"} if tag == "count" else set())
        for one in keys:
            assert one in phrases(), one
            gaps = {
                name for _, name, _, _ in string.Formatter().parse(phrases()[one]["en"]) if name
            }
            assert gaps <= filled, one


def test_every_phrase_named_in_code_exists() -> None:
    """The same for what views and actions say."""
    missing = []
    for path in WEB.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        for tag, key in re.findall(
            r"""words\.(say|count)\(\s*["']([a-z_]+(?:\.\w+)*)["']""", source
        ):
            keys = [key] if tag == "say" else [f"{key}.one", f"{key}.more"]
            missing += [(path.name, one) for one in keys if one not in phrases()]
    assert missing == []


def test_no_phrase_of_the_frame_lies_unused() -> None:
    """Words that nothing shows are words that nobody checks."""
    places = [*WEB.rglob("*.py"), *TEMPLATES]
    source = "\n".join(path.read_text(encoding="utf-8") for path in places)
    keys = load_mapping(FOLDER / "desk_ui.yaml")
    unused = [k for k in keys if not re.search(rf"""["']{re.escape(k)}["']""", source)]
    assert [key for key in unused if not key.startswith(BUILT)] == []
    from troth.web.accounts.navigation import PLACES

    built = {f"ui.nav.{place.name}" for place in PLACES}
    built |= {f"ui.trend.{name}" for name in ("up", "down", "steady", "early")}
    for key in re.findall(r'"(ui\.error\.\w+)"', source):
        built |= {key, f"{key}.what"}
    assert {key for key in unused if key not in built} == set()
