"""The settings' phrases are all used, and every deed that is written down has words."""

from __future__ import annotations

import re

from tests.web.ui.templates import TEMPLATES, WEB
from troth.content.text import FOLDER, phrases
from troth.content.yaml_files import load_mapping
from troth.web.setup.deeds import DETAIL, PREFIX

#: A deed's name as it is handed to the log, or to what writes the log for it.
WRITTEN = r"""(?:write_audit|record_one|record_events)\(\s*[\w.]+,\s*(?:[\w.]+,\s*)?"([a-z_]+)\""""


def sources() -> list[str]:
    """The desk's code and templates."""
    return [path.read_text(encoding="utf-8") for path in [*WEB.rglob("*.py"), *TEMPLATES]]


def test_no_phrase_lies_unused() -> None:
    """But for those that are put together from a fixed beginning and a name."""
    source = "\n".join(sources())
    keys = load_mapping(FOLDER / "desk_setup.yaml")
    unused = [key for key in keys if not re.search(rf"""["']{re.escape(key)}["']""", source)]
    assert [key for key in unused if not key.startswith((PREFIX, DETAIL))] == []
    names = set(re.findall(r'"([a-z_]+)"', source)) | set(re.findall(r"\b([a-z_]+)=", source))
    told = {key.removeprefix(PREFIX).removeprefix(DETAIL) for key in unused}
    assert told - names == set()


def test_every_deed_has_words() -> None:
    """So that the log can be read by whoever answers for the desk."""
    deeds = {deed for source in sources() for deed in re.findall(WRITTEN, source)}
    assert {"change_password", "change_person", "record_message", "make_promise"} <= deeds
    assert {deed for deed in deeds if PREFIX + deed not in phrases()} == set()
