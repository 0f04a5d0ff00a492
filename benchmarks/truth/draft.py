"""The draft's remarks on real dialogues, blind: do they fall where raters were dissatisfied?

Every staff turn of stc3_dch1 train is reviewed with the turns before it; a dialogue's count is the sum over
its staff turns of the remarks shown, at most three each. A third of the dialogues, by a hash of the id that
is the same for both languages, was looked at when the rules were laid out (``development``); the bars are
judged on the others (``blind``), which were run once the rules stood.

Run as ``python -m benchmarks.truth.draft``; writes ``benchmarks/truth/draft.md``.
"""

from __future__ import annotations

from hashlib import md5
from pathlib import Path

import numpy as np
from scipy.stats import rankdata

from benchmarks.truth.reading.data import lines
from benchmarks.truth.reading.stc3 import dialogue_of
from troth.guidance.draft.review import review
from troth.guidance.draft.talk import Talk

OUT = Path(__file__).with_name("draft.md")
PARTS = 3
DRAWS = 2_000
SEED = 5
AUC_BAR, SILENT_BAR = 0.70, 0.60


def is_development(name: str) -> bool:
    """Whether a dialogue was looked at when the rules were laid out."""
    return int(md5(f"draft:{name}".encode()).hexdigest(), 16) % PARTS == 0


def is_unseen(name: str) -> bool:
    """Whether the reader's cues were written without a look at a dialogue, too (see reading/installed.py)."""
    return int(md5(name.encode()).hexdigest(), 16) % 2 == 1


def counted(dialogue) -> tuple[float, list[int]]:
    """Mean satisfaction vote, and the remarks on each staff turn that has words."""
    score = sum(int(grade) * share for grade, share in dialogue.labels["satisfaction"].items())
    remarks = [
        len(review(turn.text, Talk(said=dialogue.turns[:place])).remarks)
        for place, turn in enumerate(dialogue.turns)
        if turn.speaker == "staff" and turn.text.strip()
    ]
    return score, remarks


def auc(low, high) -> float:
    """How often the first has more than the second, ties a half."""
    ranks = rankdata(np.concatenate([low, high]))
    n = len(low)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / (n * len(high)))


def with_interval(low, high) -> str:
    """An AUC with its 95% bootstrap interval over dialogues."""
    rng = np.random.default_rng(SEED)
    low, high = np.array(low, float), np.array(high, float)
    drawn = [
        auc(rng.choice(low, low.size), rng.choice(high, high.size)) for _ in range(DRAWS)
    ]  # fmt: skip
    a, b = np.quantile(drawn, [0.025, 0.975])
    return f"{auc(low, high):.3f} ({a:.3f}–{b:.3f})"


def judged(lang: str, part: str, rows: list[tuple[float, list[int]]]) -> str:
    """A line of the table."""
    scores = np.array([score for score, _ in rows])
    least, most = np.quantile(scores, [0.2, 0.8])
    low = [r for score, r in rows if score <= least]
    high = [r for score, r in rows if score >= most]
    silent = np.mean([n == 0 for r in high for n in r])
    silent_low = np.mean([n == 0 for r in low for n in r])
    count = with_interval([sum(r) for r in low], [sum(r) for r in high])
    rate = auc([sum(r) / max(1, len(r)) for r in low], [sum(r) / max(1, len(r)) for r in high])
    turns = auc([len(r) for r in low], [len(r) for r in high])
    return (
        f"| {lang} | {part} | {len(low)} | {len(high)} | {count} | {silent:.1%} | {silent_low:.1%} | "
        f"{rate:.3f} | {turns:.3f} |"
    )


def main() -> None:
    """Measure both languages and write the table."""
    told = []
    for lang in ("zh", "en"):
        dialogues = [dialogue_of(record) for record in lines(f"stc3_dch1/train_{lang}.jsonl.gz")]
        rows = [(is_development(d.id), counted(d)) for d in dialogues]
        odd = [is_unseen(d.id) for d in dialogues]
        told.append(judged(lang, "blind", [r for dev, r in rows if not dev]))
        unseen = [r for (dev, r), new in zip(rows, odd, strict=True) if new and not dev]
        told.append(judged(lang, "blind, odd half", unseen))
        told.append(judged(lang, "development", [r for dev, r in rows if dev]))
        told.append(judged(lang, "all", [r for _, r in rows]))
    OUT.write_text(PAGE.format(rows="\n".join(told)), encoding="utf-8")
    print(OUT.read_text(encoding="utf-8"))


PAGE = """# The draft's remarks on real dialogues

`make bench-truth-draft` on stc3_dch1 train: Chinese helpdesk dialogues, each rated by 19 people, and the
English translation of some of them. Each staff turn that has words is reviewed with the turns before it.
A dialogue's count is the sum over its staff turns of the remarks shown, at most three each. Fifths are by the
mean satisfaction vote, ties at the border included. "Blind" leaves out the third of the dialogues that was
looked at while the rules were laid out; which third is decided by a hash of the id, the same in both
languages. Bars: AUC at least .70, and at least 60% of the staff turns of the highest fifth without a remark.

"Blind, odd half" leaves out as well the half that was looked at when the reader's cues were written.

* low, high: dialogues in the lowest and the highest fifth
* AUC: of the count, with its 95% bootstrap interval over dialogues
* silent: staff turns without a remark, in the highest and in the lowest fifth
* a turn: AUC of remarks a staff turn
* length: AUC of the number of staff turns, the baseline; near .5, so the count is no measure of length

| language | part | low | high | AUC | silent, high | silent, low | a turn | length |
|---|---|---|---|---|---|---|---|---|
{rows}
"""

if __name__ == "__main__":
    main()
