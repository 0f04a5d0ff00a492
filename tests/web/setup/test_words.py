"""Every deed that is written down in the audit log has words."""

from __future__ import annotations

import re

from tests.web.ui.templates import TEMPLATES, WEB
from troth.content.text import phrases
from troth.web.setup.deeds import PREFIX

#: A deed's name as it is handed to the log, or to what writes the log for it.
WRITTEN = r"""(?:write_audit|record_one|record_events)\(\s*[\w.]+,\s*(?:[\w.]+,\s*)?"([a-z_]+)\""""


def sources() -> list[str]:
    """The desk's code and templates."""
    return [path.read_text(encoding="utf-8") for path in [*WEB.rglob("*.py"), *TEMPLATES]]


def test_every_deed_has_words() -> None:
    """So that the log can be read by whoever answers for the desk."""
    deeds = {deed for source in sources() for deed in re.findall(WRITTEN, source)}
    assert {"change_password", "change_person", "record_message", "make_promise"} <= deeds
    assert {deed for deed in deeds if PREFIX + deed not in phrases()} == set()
