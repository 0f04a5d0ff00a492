"""Mails one after the other, out of an mbox or an EML file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The line that begins a mail in an mbox: an address and a date, behind nothing or a blank line.
_FROM: Final = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]*\d\d:\d\d[^\r\n]*\r?\n")
_HEADER: Final = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,40}):[^\r\n]*")
_TELLING: Final = {
    b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"received", b"return-path",
    b"mime-version", b"delivered-to", b"content-type", b"in-reply-to", b"reply-to", b"dkim-signature",
}  # fmt: skip


def looks_like_mail(data: bytes) -> bool:
    r"""Whether a file begins as an mbox or as a mail's headers do.

    >>> looks_like_mail(b"From: a@b.c\nTo: d@e.f\n\nHello"), looks_like_mail(b"From: me")
    (True, False)
    """
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if _FROM.match(data):
        return True
    told = set()
    for line in data.split(b"\n", 60)[:60]:
        if not line.strip():
            break
        header = _HEADER.match(line)
        if header:
            told.add(header[1].lower() if header[1].lower() in _TELLING else b"")
        elif not line.startswith((b" ", b"\t")):
            return False
    return len(told - {b""}) >= 2


def mails_of(data: bytes) -> Iterator[bytes]:
    """Each mail's bytes, in the order of the file.

    A line of text that begins with "From " but no date begins no mail, so that a mail which was not
    quoted as an mbox wants it stays whole.
    """
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    starts = list(_FROM.finditer(data))
    if not starts or starts[0].start() > 0:
        yield data
        return
    ends = [start.start() for start in starts[1:]] + [len(data)]
    for start, end in zip(starts, ends, strict=True):
        yield data[start.end() : end]
