"""Mail boxes and single mails."""

from __future__ import annotations

import pytest

from tests.ledger.intake.conftest import briefly, events_of, opened, refused
from tests.ledger.intake.samples import MBOX
from troth.ledger.errors import UnreadableError
from troth.ledger.intake.mail_text import text_of_html, without_quotes

HEAD = {
    "From": "Mary Stone <mary@example.com>",
    "To": "desk@house.com",
    "Subject": "Towels",
    "Date": "Thu, 05 Mar 2026 14:02:00 +0800",
    "Message-ID": "<7@example.com>",
}


def mail(body: str = "More towels, please.", **change: str | None) -> str:
    """One mail with some headers changed."""
    head = HEAD | {name.replace("_", "-"): value for name, value in change.items()}
    return "".join(f"{k}: {v}\n" for k, v in head.items() if v is not None) + f"\n{body}\n"


def read(content: str | bytes, *staff: str):
    """Its sheet, the house's domain known."""
    return opened("m.eml", content, staff=staff or ("@house.com",))


def test_a_box_of_mails() -> None:
    """Quotes are cut, a line that begins with From is none, answers join the first mail."""
    sheet = opened("m.mbox", MBOX, staff=["@house.com"])
    assert briefly(sheet, "event_id", "speaker", "text", "thread") == [
        (
            "mail:1@example.com",
            "customer",
            "Room 801\nThe room was cold.\nFrom the first night on.",
            "mail:1@example.com",
        ),
        ("mail:2@house.com", "staff", "I am sorry. A heater is on its way.", "mail:1@example.com"),
    ]
    assert {(e["truster"], e["channel"]) for e in events_of(sheet)} == {
        ("mail:wang@example.com", "mail")
    }
    assert sheet.people["mail:wang@example.com"].name == "王芳"


def test_staff_by_address_alone() -> None:
    """In any case of letters."""
    assert briefly(read(mail(), "Desk@House.com"), "trustee") == [("mail:desk@house.com",)]


def test_without_an_id_the_content_is_one() -> None:
    """The same mail again has the same."""
    first, again = read(mail(Message_ID=None)), read(mail(Message_ID=None))
    assert briefly(first, "event_id") == briefly(again, "event_id")
    assert briefly(first, "event_id") != briefly(read(mail("x", Message_ID=None)), "event_id")


@pytest.mark.parametrize(
    ("charset", "encoding"), [("gb2312", "gb18030"), ("utf-8", "utf-8"), ("x-none", "gb18030")]
)
def test_chinese_in_any_encoding(charset: str, encoding: str) -> None:
    """What calls itself GB2312 often is more."""
    head = mail("", Content_Type=f"text/plain; charset={charset}").strip() + "\n\n"
    sheet = read(head.encode() + "房间很冷，朱镕基大厦".encode(encoding))
    assert briefly(sheet, "text") == [("Towels\n房间很冷，朱镕基大厦",)]


def test_html_alone_is_stripped() -> None:
    """Scripts and quoted mails go."""
    html = "<style>p{}</style><p>Hello &amp; thanks</p><div class='gmail_quote'>old</div>"
    sheet = read(mail(html, Content_Type="text/html"))
    assert briefly(sheet, "text") == [("Towels\nHello & thanks",)]


def test_the_plain_part_goes_before_html_and_attachments_are_left() -> None:
    """As a mail program shows it."""
    body = (
        "--b\nContent-Type: text/html\n\n<p>html</p>\n--b\nContent-Type: text/plain\n\nplain\n"
        "--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\nfile\n--b--"
    )
    sheet = read(mail(body, Content_Type="multipart/mixed; boundary=b"))
    assert briefly(sheet, "text") == [("Towels\nplain",)]


@pytest.mark.parametrize(
    ("date", "t_s"),
    [
        ("Thu, 05 Mar 2026 14:02:00 +0800", 1772690520),
        ("Thu, 05 Mar 2026 06:02:00 GMT", 1772690520),
        ("Thu, 05 Mar 2026 06:02:00 -0000", 1772690520),
        ("Thu, 05 Mar 2026 14:02:00", 1772690520),
        ("2026-03-05 14:02", 1772690520),
        ("Thu, 05 Mar 2026 03:32:00 -0230", 1772690520),
    ],
)
def test_dates(date: str, t_s: int) -> None:
    """Without a zone, in that of the house."""
    assert briefly(read(mail(Date=date)), "t_us") == [(t_s * 1_000_000,)]


@pytest.mark.parametrize(
    ("change", "column", "reason"),
    [
        ({"From": None}, "From", "is missing"),
        ({"From": "nobody"}, "From", "is missing"),
        ({"To": None}, "To", "nobody is known as staff; those found are mary@example.com"),
        ({"To": "x@else.com"}, "To", "nobody is known as staff"),
        ({"To": "a@house.com, b@house.com"}, "To", "several members of staff"),
        ({"From": "li@house.com", "To": "b@house.com"}, "To", "which customer"),
        ({"From": "li@house.com", "To": "a@x.com, b@x.com"}, "To", "several customers"),
        ({"Date": None}, "Date", "is missing"),
        ({"Date": "soon"}, "Date", "no time that we can read: soon"),
    ],
)
def test_what_cannot_be_told_is_refused(change: dict, column: str, reason: str) -> None:
    """With the header at fault; the other mails of the box are taken in."""
    broken = "From x@y.z Thu Mar  5 14:02:00 2026\n" + mail(**change) + "\n"
    sheet = opened("m.mbox", broken + MBOX, staff=["@house.com"])
    (row, at_fault, why), *others = refused(sheet)
    assert (row, at_fault, others) == (1, column, [])
    assert reason in why
    assert len(events_of(sheet)) == 2


def test_those_addressed_go_before_those_who_get_a_copy() -> None:
    """A copy to the manager leaves the clerk the trustee."""
    sheet = read(mail(To="li@house.com", Cc="boss@house.com"))
    assert briefly(sheet, "trustee") == [("mail:li@house.com",)]


def test_a_chain_is_followed_through_the_box() -> None:
    """Where a mail names only the one before it."""

    def part(number: int, answers: int | None) -> str:
        reply = f"<{answers}@x>" if answers else None
        envelope = "From a@b.c Thu Mar  5 14:02:00 2026\n"
        return envelope + mail(Message_ID=f"<{number}@x>", In_Reply_To=reply) + "\n"

    sheet = opened("m.mbox", part(1, None) + part(2, 1) + part(3, 2), staff=["@house.com"])
    assert {thread for (thread,) in briefly(sheet, "thread")} == {"mail:1@x"}
    circle = opened("m.mbox", part(1, 2) + part(2, 1), staff=["@house.com"])
    assert len(events_of(circle)) == 2


def test_text_is_no_mail() -> None:
    """It has no headers."""
    with pytest.raises(UnreadableError, match="is no mail"):
        opened("m.eml", "Hello there")


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("好的。\n\n在 2026年3月5日，王芳 <w@x.com> 写道：\n> 旧", "好的。"),
        (
            "Fine.\n\nOn Thu, 5 Mar 2026 at 14:02, Somebody Very Long\n<a@b.c> wrote:\n> old",
            "Fine.",
        ),
        ("好。\n------------------ 原始邮件 ------------------\n旧", "好。"),
        ("Ok\n-----Original Message-----\nold", "Ok"),
        ("Ok\n发件人: 王芳\n旧", "Ok"),
        ("a\n> b\nc", "a\nc"),
        ("On the bus I wrote: a poem", "On the bus I wrote: a poem"),
        ("Yours\n-- \nLi Na", "Yours"),
    ],
)
def test_quotes(text: str, own: str) -> None:
    """What a mail program puts below is another's."""
    assert without_quotes(text) == own


@pytest.mark.parametrize(
    "html", ["<a " * 200_000, "<!--" * 200_000, "<" * 200_000, "<div>" * 200_000]
)
def test_hostile_html_takes_no_longer_than_its_length(html: str) -> None:
    """Each character is looked at a few times only; a square would not end."""
    text_of_html(html)
