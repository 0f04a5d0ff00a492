"""Reads a page as a browser would: its elements, their attributes and the text within."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

VOID = {"meta", "input", "br", "hr", "img", "link"}


@dataclass
class Element:
    """One element."""

    tag: str
    attributes: dict[str, str]
    inside: list[Element | str] = field(default_factory=list)

    def text(self) -> str:
        """All text within, but for style sheets."""
        if self.tag == "style":
            return ""
        parts = (part if isinstance(part, str) else part.text() for part in self.inside)
        return " ".join(" ".join(parts).split())

    def walk(self) -> Iterator[Element]:
        """This element and all within."""
        yield self
        for part in self.inside:
            if isinstance(part, Element):
                yield from part.walk()

    def find(self, tag: str, class_: str | None = None) -> list[Element]:
        """Elements within, by tag and one of their classes."""
        return [
            each
            for each in self.walk()
            if each.tag == tag
            and (class_ is None or class_ in each.attributes.get("class", "").split())
        ]


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("page", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {key: value or "" for key, value in attrs})
        self.open[-1].inside.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read_page(html: str) -> Element:
    """The whole page; every element must be closed in order."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert len(builder.open) == 1, f"<{builder.open[-1].tag}> is not closed"
    return builder.open[0]


def language(page: Element, lang: str) -> Element:
    """The part of a page in one language."""
    return next(main for main in page.find("main") if lang in main.attributes["class"].split())


def hundredths(text: str) -> int:
    """A signed figure as it is shown, such as −0.12."""
    return round(float(text.replace("−", "-")) * 100)
