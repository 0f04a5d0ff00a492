"""docs/reference/reading.md says what the code says."""

from __future__ import annotations

import json
import re
from pathlib import Path

from troth.content.yaml_files import load_mapping
from troth.reading.dialogues import _SPEAKERS, Terms, dialogue_of
from troth.reading.json_schema import fault, output_schema
from troth.reading.schema import EMOTIONS, LANGUAGES, DialogueReading

PAGE = Path(__file__).parents[2] / "docs/reference/reading.md"
TEXT = PAGE.read_text(encoding="utf-8")
INPUT, OUTPUT, SCHEMA = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)


def test_the_published_schema_is_the_code_s():
    """Word for word, after parsing."""
    assert json.loads(SCHEMA) == output_schema()


def test_the_examples_can_be_used():
    """The line of dialogue is read; the line of reading keeps to the schema, and its span is right."""
    dialogue = dialogue_of(INPUT.strip().encode(), Terms())
    assert [turn.speaker for turn in dialogue.turns] == ["customer", "staff"]
    told = json.loads(OUTPUT)
    assert fault(told, output_schema()) is None
    (act,) = DialogueReading.from_json(told).turns[0].acts
    assert dialogue.turns[0].text[act.start : act.end] == act.text
    for target in ("satisfaction", "solved", "effectiveness"):
        assert abs(sum(told[target].values()) - 1) < 1e-9


def test_every_word_is_there():
    """All spellings of speakers, all languages, emotions and fields."""
    spellings = {word for words in load_mapping(_SPEAKERS).values() for word in words}
    fields = set(output_schema()["properties"]) | set(
        output_schema()["properties"]["turns"]["items"]["properties"]
    )
    for word in spellings | set(LANGUAGES) | set(EMOTIONS) | fields:
        assert word in TEXT, word
