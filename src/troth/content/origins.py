"""Who may have said something of a person."""

from __future__ import annotations

from typing import Final

OWN_WORDS: Final = "own_words"
SELF_REPORT: Final = "self_report"
COLLEAGUE_NOTE: Final = "colleague_note"
INFERRED: Final = "inferred"
#: Who said so, the most telling first; they are never mixed. ``inferred`` needs an admin's switch and
#: the person's consent.
ORIGINS: Final = (OWN_WORDS, SELF_REPORT, COLLEAGUE_NOTE, INFERRED)
#: What the person said of themselves: in their words, or by answering a questionnaire.
STATED: Final = (OWN_WORDS, SELF_REPORT)
