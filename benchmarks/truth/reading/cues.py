"""How precise each cue is on real text: ``python -m benchmarks.truth.reading.cues``.

Public labels are mapped to the acts that come nearest (benchmarks/truth/reading/labels.py). For every
cue read in at least five messages of a set: in how many, and in which share of them the label agrees,
beside the share of all messages of that side with the label. Writes benchmarks/truth/cues.csv and
cues.md; no text of the data is written.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from benchmarks.truth.reading.labels import labelled
from troth.content.acts import acts
from troth.reading.acts import NAMES, cue_reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.truth.reading.labels import Labelled
    from troth.reading.acts import Found

FOLDER: Final = Path(__file__).parents[1]
LEAST_HITS: Final = 5
#: With fewer hits a cue is not called bad.
ENOUGH: Final = 20
_HALF: Final = 0.5
_Z: Final = 1.645
_PART: Final = 2_000
COLUMNS: Final = ("act", "lang", "cue", "set", "label", "hits", "agree", "precision", "base_rate")


def read(own: Labelled) -> Found:
    """The acts of every message of a set."""
    from troth.reading.acts import Found

    found = []
    for low in range(0, len(own.texts), _PART):
        part = cue_reader().find(own.texts[low : low + _PART], own.speakers[low : low + _PART])
        found.append(
            Found(part.message + low, part.act, part.start, part.end, part.strength, part.cue)
        )
    columns = ("message", "act", "start", "end", "strength", "cue")
    return Found(*(np.concatenate([getattr(f, name) for f in found]) for name in columns))


def measured(own: Labelled) -> list[tuple]:
    """A row for each cue that is read often enough, as ``COLUMNS``."""
    found, cues = read(own), cue_reader().cues
    rows = []
    for kind, labels in (("near", own.near), ("direct", own.direct)):
        for act, label in labels.items():
            mine = found.take(found.act == NAMES.index(act))
            base = float(label[_said_by(own.speakers, act)].mean())
            pairs = np.unique(np.stack([mine.cue, mine.message]), axis=1)
            for cue in np.unique(pairs[0]).tolist():
                message = pairs[1][pairs[0] == cue]
                if message.size >= LEAST_HITS and cues[cue].lang == own.lang:
                    agree = int(label[message].sum())
                    share = round(agree / message.size, 3)
                    rows.append(
                        (act, own.lang, cues[cue].say, own.name, kind, message.size, agree, share,
                         round(base, 3))
                    )  # fmt: skip
    return rows


def _said_by(speakers: Sequence[str | None], act: str) -> np.ndarray:
    """Messages of those who can do an act."""
    sides = acts()[act].sides
    return np.array([speaker is None or speaker in sides for speaker in speakers])


def table_of_cues() -> pd.DataFrame:
    """All rows, ``COLUMNS``."""
    return frame_of([row for own in labelled() for row in measured(own)])


def frame_of(rows: list[tuple]) -> pd.DataFrame:
    """Rows as a table, in order."""
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.sort_values(["act", "lang", "cue", "set", "label"], ignore_index=True)


def upper(agree: np.ndarray, hits: np.ndarray) -> np.ndarray:
    """The upper end of Wilson's 90% interval of a share."""
    share, square = agree / hits, _Z**2 / hits
    middle = share + square / 2
    return (middle + _Z * np.sqrt(share * (1 - share) / hits + square / (4 * hits))) / (1 + square)


def poor(frame: pd.DataFrame) -> pd.DataFrame:
    """Cues that are surely below the base rate, or below a half where the label says the act itself."""
    top = upper(frame["agree"].to_numpy(float), frame["hits"].to_numpy(float))
    below = (top < frame["base_rate"]) | ((frame["label"] == "direct") & (top < _HALF))
    return frame[below & (frame["hits"] >= ENOUGH)]


def _lines(head: str, rows: list[tuple]) -> list[str]:
    rule = " | ".join("---" for _ in head.split(" | "))
    return [f"| {row} |" for row in (head, rule, *(" | ".join(map(str, row)) for row in rows))]


def page_of(frame: pd.DataFrame) -> str:
    """The summary, as Markdown."""
    by_act = []
    for (act, lang, kind), own in frame.groupby(["act", "lang", "label"]):
        pooled, base = own["agree"].sum() / own["hits"].sum(), own["base_rate"]
        expected = (base * own["hits"]).sum() / own["hits"].sum()
        by_act.append(
            (act, lang, kind, own["cue"].nunique(), int(own["hits"].sum()),
             f"{own['precision'].median():.2f}", f"{pooled:.2f}", f"{expected:.2f}",
             f"{pooled / max(expected, 1e-9):.1f}")
        )  # fmt: skip
    worst = poor(frame).sort_values("hits", ascending=False)
    bad = [
        (row.act, row.lang, f"`{row.cue.replace('|', chr(92) + '|')}`", row.set, row.label, row.hits,
         f"{row.precision:.2f}", f"{row.base_rate:.2f}")
        for row in worst.itertuples()
    ]  # fmt: skip
    return "\n".join(
        [
            "# Cues on real text",
            "",
            "Made by `python -m benchmarks.truth.reading.cues`; every cue in cues.csv. A label is `direct`",
            "where raters were asked for that very act, and `near` where it is only what one would expect",
            "with it: an unpleasant message with anger, a satisfied customer with praise. A line has one",
            "label in most sets, whatever else it does: a question that begins with a greeting is labelled",
            "a question. Television, talk about charity and talk among Wikipedia's writers are not service.",
            "So read the lift: the precision of all hits over the base rate of the same sets. Cues were",
            "dropped and sharpened by these figures; the parts used are those that tuning may see.",
            "",
            f"{frame['cue'].nunique():,} cues were read at least {LEAST_HITS} times in a set.",
            "",
            *_lines(
                "act | language | label | cues | hits | median precision | of all hits | base rate | lift",
                by_act,
            ),
            "",
            "## Poor ones",
            "",
            f"At least {ENOUGH} hits, and surely below the base rate, or below a half with a direct label.",
            "What stays here is a question in form that the set labels by what it brings forward, a greeting",
            "in a line labelled for the rest of it, praise of others than the reader, and one weak cue.",
            "",
            *(
                _lines("act | language | cue | set | label | hits | precision | base rate", bad)
                if bad
                else ["None."]
            ),
            "",
        ]
    )


def main() -> None:
    """Measure, write both files and print the summary."""
    frame = table_of_cues()
    frame.to_csv(FOLDER / "cues.csv", index=False)
    page = page_of(frame)
    (FOLDER / "cues.md").write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
