"""What a mail itself says: its plain text or stripped HTML, without what it quotes."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final

from troth.ledger.decode import to_utf8_cell

if TYPE_CHECKING:
    from email.message import Message

#: What mail programs write above the mail that they quote; the rest of the mail is another's.
_QUOTED_BELOW: Final = re.compile(
    r"^(?:"
    r"on\b.{5,200}\bwrote:"
    r"|在.{5,200}写道[:：]"
    r"|\d{4}[-/年].{5,200}(?:写道|wrote)[:：]"
    r"|-{2,}\s*(?:original message|forwarded message|原始邮件|转发邮件|回复的原邮件)\s*-{2,}"
    r"|_{20,}"
    r"|(?:发件人|寄件者)[:：].{0,200}"
    r"|from:.{0,200}@.{0,200}"
    r")\s*$",
    re.IGNORECASE,
)
_BREAKS: Final = {"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "table", "ul", "ol", "pre"}
_SILENT: Final = {"script", "style", "head", "title", "blockquote"}
_LONGEST_LINE: Final = 500


class _Stripped(HTMLParser):
    """Text of HTML, with line ends where a reader sees them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        quote = any(n == "class" and "gmail_quote" in (v or "") for n, v in attrs)
        if tag in _SILENT or (quote and tag == "div") or (self._silent and tag == self._silent[-1]):
            self._silent.append(tag)
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()
        elif tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(re.sub(r"\s+", " ", data))


def text_of_html(html: str) -> str:
    """Text of HTML without scripts and quoted mails.

    >>> text_of_html("<p>Hello&nbsp;<b>there</b></p><blockquote>Hi</blockquote>")
    'Hello there'
    """
    parser = _Stripped()
    parser.feed(html)
    parser.close()
    lines = [" ".join(line.split()) for line in "".join(parser.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def without_quotes(text: str) -> str:
    r"""A mail's own words: what stands above the mail it answers, without lines that quote.

    >>> without_quotes("Thank you.\n> Done.\nOn Monday, 2 March 2026, Li wrote:\n> Hello")
    'Thank you.'
    """
    kept: list[str] = []
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for i, line in enumerate(lines):
        bare = line.strip()
        # Long names break the line "On … wrote:" in two.
        joined = f"{bare} {lines[i + 1].strip()}" if i + 1 < len(lines) else bare
        if len(joined) <= _LONGEST_LINE and (
            _QUOTED_BELOW.match(bare)
            or (re.match(r"on\b|在", bare, re.IGNORECASE) and _QUOTED_BELOW.match(joined))
        ):
            break
        if bare == "--":
            break
        if not bare.startswith((">", "＞")):
            kept.append(line.rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def text_of(mail: Message) -> str:
    """The words of a mail: its first plain part, else its first HTML part."""
    plain = html = None
    for part in mail.walk():
        if part.is_multipart() or part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind == "text/plain" and plain is None:
            plain = _decoded(part)
        elif kind == "text/html" and html is None:
            html = _decoded(part)
    text = plain if plain and plain.strip() else text_of_html(html or "")
    return without_quotes(text)


def _decoded(part: Message) -> str:
    payload: Any = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = (part.get_content_charset() or "utf-8").lower()
    # What calls itself GB2312 is GB18030 in truth; its older names know fewer characters.
    charset = "gb18030" if charset in ("gb2312", "gbk", "gb_2312-80", "x-gbk") else charset
    try:
        return data.decode(charset)
    except (LookupError, UnicodeError, ValueError):
        return to_utf8_cell(data)
