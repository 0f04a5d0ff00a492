"""Words that change what stands beside them: negation, report, condition and so on."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from troth.content.yaml_files import LANGUAGES, ContentError, load_mapping

FILE: Final = Path(__file__).parent / "scope.yaml"
SIGNALS: Final = (
    "negation", "not_negation", "denial", "rhetorical", "report", "not_report", "past", "others",
    "not_others", "first", "condition", "question", "contrast", "concession", "refuted",
    "courtesy", "explained",
)  # fmt: skip


@cache
def scope_words(file: Path = FILE) -> dict[str, dict[str, tuple[str, ...]]]:
    """Words by signal and language.

    Args:
        file: signals, each with a list a language.

    Returns:
        Words by language, by signal.

    Raises:
        ContentError: a signal is missing or unknown, or a list holds something other than text.
    """
    entry = load_mapping(file)
    if set(entry) != set(SIGNALS):
        wrong = sorted(set(entry) ^ set(SIGNALS))
        raise ContentError(file, wrong[0], "is missing or not a known signal")
    for signal, written in entry.items():
        if not isinstance(written, dict) or set(written) != set(LANGUAGES):
            raise ContentError(file, signal, "must have zh and en")
        for lang, words in written.items():
            if not isinstance(words, list) or not all(isinstance(w, str) for w in words):
                raise ContentError(
                    file, f"{signal}.{lang}", "must be a list of words; quote true, no and on"
                )
    return {
        signal: {lang: tuple(words) for lang, words in written.items()}
        for signal, written in entry.items()
    }
