"""What stands in a template: its tags apart, its text, and its attributes."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import troth

WEB = Path(troth.__file__).parent / "web"
TEMPLATES = sorted(WEB.glob("*/templates/**/*.html"))
#: Attributes whose words people read or hear.
READ = {
    "alt",
    "title",
    "placeholder",
    "aria-label",
    "aria-description",
    "data-label",
    "data-copied",
    "label",
}


def bare(source: str) -> str:
    """A template's HTML alone: what Django fills in is left out, line breaks are kept."""
    for block in (
        r"\{% *comment.*?endcomment *%\}",
        r"\{% block page_class %\}.*?\{% endblock %\}",
    ):
        source = re.sub(block, "", source, flags=re.DOTALL)  # the second stands in an attribute
    return re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", source, flags=re.DOTALL)


class Parts(HTMLParser):
    """Collects a page's text, its attributes and its elements."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.texts: list[tuple[int, str]] = []
        self.attributes: list[tuple[int, str, str, str]] = []
        self.inside: list[str] = []
        self.feed(bare(source))

    def handle_starttag(self, tag, attrs):
        """An element begins."""
        self.inside.append(tag)
        self.attributes += [(self.getpos()[0], tag, name, value or "") for name, value in attrs]

    def handle_data(self, data):
        """Text between elements."""
        self.texts.append((self.getpos()[0], data))


def has_words(text: str) -> bool:
    """Whether there is a letter or a Chinese character in it."""
    return any(character.isalpha() for character in text)
