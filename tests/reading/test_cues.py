"""Every cue is read in its example and not in its counter-example; each act has enough of them."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from troth.content.acts import acts
from troth.content.cues import FOLDER, cues, load_cues
from troth.reading.acts import NAMES, CueReader, cue_reader

FILES = sorted(FOLDER.glob("*.yaml"))


@cache
def reader_of(path):
    """A reader that knows the cues of one file."""
    return CueReader(load_cues(path))


def readings(path, field):
    """For each cue of a file: the cue, and the acts read in its example."""
    reader = reader_of(path)
    for place, cue in enumerate(reader.cues):
        side = acts()[cue.act].sides
        speaker = side[0] if len(side) == 1 else None
        found = reader.find([getattr(cue, field)], [speaker])
        shown = [
            (NAMES[act], code)
            for act, code in zip(found.act.tolist(), found.cue.tolist(), strict=True)
        ]
        yield place, cue, shown


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_examples_show_the_act(path):
    """In its example a cue's act is read (by the cue itself, or by a longer one that overlaps it)."""
    missed = [
        f"{cue.lang} {cue.say!r} in {cue.yes!r}"
        for _, cue, shown in readings(path, "yes")
        if not any(act == cue.act for act, _ in shown)
    ]
    assert not missed, "\n".join(missed)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_counter_examples_do_not(path):
    """In its counter-example a cue does not show its act."""
    wrong = [
        f"{cue.lang} {cue.say!r} in {cue.no!r}"
        for place, cue, shown in readings(path, "no")
        if (cue.act, place) in shown
    ]
    assert not wrong, "\n".join(wrong)


def test_every_act_has_cues_in_both_languages():
    """At least twenty a language and act, at least six hundred a language."""
    by_act = Counter((cue.act, cue.lang) for cue in cues())
    assert {act for act, _ in by_act} == set(acts())
    assert min(by_act.values()) >= 20
    for lang in ("zh", "en"):
        assert sum(n for (_, code), n in by_act.items() if code == lang) >= 600


def test_all_cues_together_still_show_each_example():
    """With every cue loaded, each example still shows its act."""
    reader = cue_reader()
    sides = [acts()[cue.act].sides for cue in cues()]
    speakers = [side[0] if len(side) == 1 else None for side in sides]
    found = reader.find([cue.yes for cue in cues()], speakers)
    seen = set(zip(found.message.tolist(), found.act.tolist(), strict=True))
    missed = [
        f"{cue.lang} {cue.say!r} in {cue.yes!r}"
        for place, cue in enumerate(cues())
        if (place, NAMES.index(cue.act)) not in seen
    ]
    assert not missed, "\n".join(missed)
