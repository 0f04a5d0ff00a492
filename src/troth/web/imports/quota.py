"""Uploads are bounded before they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from troth.web.ledger.imports import MOST_BYTES as MOST_BYTES  # noqa: PLC0414 - pages say the same limit

if TYPE_CHECKING:
    from django.http.request import QueryDict
    from django.utils.datastructures import MultiValueDict

#: What a form says beside the file.
BESIDE: Final = 1024 * 1024


class QuotaHandler(FileUploadHandler):
    """Breaks off an upload that says, or turns out, to be larger than the desk takes."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 - Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> tuple[QueryDict, MultiValueDict[str, Any]] | None:
        """Look at the length that is announced: of a file too large not a byte is kept."""
        del input_data, META, boundary, encoding
        self.left = -1 if content_length > MOST_BYTES + BESIDE else MOST_BYTES + BESIDE
        return None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count what comes."""
        del start
        self.left -= len(raw_data)
        if self.left < 0:
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers behind."""
        del file_size
