"""What a mail itself says: its plain text or stripped HTML, without what it quotes."""

from __future__ import annotations

import re
from html import unescape
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
_TAG: Final = re.compile(
    r"<(?P<closes>/?)(?:(?P<name>[A-Za-z][A-Za-z0-9]{0,20})|[!?])(?P<more>[^<>]*)>"
)
_SILENT: Final = {"script", "style", "head", "title", "blockquote"}
_LONGEST_LINE: Final = 500


def text_of_html(html: str) -> str:
    """Text of HTML without scripts and quoted mails.

    The standard parser takes the square of the length over tags that never end; this takes each tag
    as it comes, and needs no tree.

    >>> text_of_html("<p>Hello&nbsp;<b>there</b></p><blockquote>Hi</blockquote>")
    'Hello there'
    """
    parts: list[str] = []
    silent: list[str] = []
    place = 0
    while place < len(html):
        opening = html.find("<", place)
        opening = len(html) if opening < 0 else opening
        if not silent:
            parts.append(" ".join(html[place:opening].split("\n")))
        place = _after_tag(html, opening, parts, silent)
    lines = [" ".join(line.split()) for line in unescape("".join(parts)).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _after_tag(html: str, opening: int, parts: list[str], silent: list[str]) -> int:
    """Read the tag at a place; where it ends."""
    if html.startswith("<!--", opening):
        end = html.find("-->", opening)
        return len(html) if end < 0 else end + 3
    tag = _TAG.match(html, opening)
    if tag is None:
        if not silent:
            parts.append(html[opening : opening + 1])
        return opening + 1
    closes, name = bool(tag["closes"]), (tag["name"] or "").lower()
    if silent:
        if name == silent[-1]:
            # One quote within another closes before it does.
            silent.pop() if closes else silent.append(name)
    elif not closes and (name in _SILENT or (name == "div" and "gmail_quote" in tag["more"])):
        silent.append(name)
    elif name in _BREAKS:
        parts.append("\n")
    return tag.end()


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
    except (LookupError, ValueError):
        return to_utf8_cell(data)
