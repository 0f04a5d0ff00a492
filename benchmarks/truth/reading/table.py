"""The figures of the reader as a page: what, on which split, beside which baseline, against which bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from troth import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

_HARM_BAR = 0.85


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        data: set and split.
        measure: what is measured.
        baseline: the best cheap baseline, worded.
        value: ours.
        interval: of ours, worded.
        bar: what was to be reached.
        better: 1 where more is better, −1 where less is.
        clearly: the worse end of the interval where it has to lie beyond the bar too.
    """

    data: str
    measure: str
    baseline: str
    value: float
    interval: str
    bar: float
    better: int = 1
    clearly: float | None = None

    def line(self) -> str:
        """As Markdown."""
        reached = self.better * self.value >= self.better * self.bar
        digits = 4 if self.value < 0.2 else 3
        sign = "≥" if self.better > 0 else "≤"
        verdict = "reached" if reached else f"short by {abs(self.value - self.bar):.{digits}f}"
        if reached and self.clearly is not None and self.better * (self.clearly - self.bar) <= 0:
            verdict = "beyond it, but not clearly"
        return (
            f"| {self.data} | {self.measure} | {self.baseline} | **{self.value:.{digits}f}** | "
            f"{self.interval} | {sign} {self.bar:g} | {verdict} |"
        )


def page(found: dict[str, Any]) -> str:
    """The page.

    Args:
        found: figures by part, as the parts give them; parts that were not run are left out.

    Returns:
        Markdown.
    """
    rows = [
        row for make in (_blind, _installed, _stc3, _uss, _texts, _diplomacy) for row in make(found)
    ]
    return "\n".join(
        [
            "# How well the reader reads", "",
            f"`make bench-truth-reading`, troth {__version__}. Sources of the data: docs/reference/data.md.",
            "Trained figures are of heads that learned from each set's own training part and never saw its",
            "test; installed ones are of the reader as it ships. Intervals: 95% for the blind set, stc3, uss",
            "and diplomacy, 90% for the others, by bootstrap over dialogues, messages, posts, hotels or",
            "relationships.",
            "",
            "| data and split | measure | baseline | troth | interval | bar | |",
            "|---|---|---|---|---|---|---|",
            *(row.line() for row in rows), "",
            *_harm(found), *_rest(found),
        ]
    )  # fmt: skip


def _blind(found: dict[str, Any]) -> Iterator[Row]:
    for lang in ("zh", "en"):
        if own := found.get(f"blind_{lang}"):
            own = own["promise with due time"]
            yield Row(f"blind set {lang}, as installed", "promise with due time, F1", "–", own["f1"],
                      f"{own['low']:.3f}–{own['high']:.3f}", 0.90)  # fmt: skip


def _harm(found: dict[str, Any]) -> Iterator[str]:
    parts = [
        (lang, found[f"blind_{lang}"]["harm"]) for lang in ("zh", "en") if f"blind_{lang}" in found
    ]
    if not parts:
        return
    yield "## Harmful acts on the blind set"
    yield ""
    yield f"As installed; the bar is a precision of {_HARM_BAR} each. Half of the messages are traps."
    yield ""
    yield "| act | language | precision | interval | recall | found | there | |"
    yield "|---|---|---|---|---|---|---|---|"
    for lang, harm in parts:
        for act, own in harm.items():
            verdict = "reached" if own["precision"] >= _HARM_BAR else "short"
            yield (
                f"| {act} | {lang} | **{own['precision']:.2f}** | {own['low']:.2f}–{own['high']:.2f} | "
                f"{own['recall']:.2f} | {own['found']} | {own['there']} | {verdict} |"
            )
    yield ""


def _installed(found: dict[str, Any]) -> Iterator[Row]:
    for lang in ("zh", "en"):
        if own := found.get(f"installed_stc3_{lang}"):
            half = own["satisfaction, odd half"]
            yield Row(f"stc3_dch1 train {lang}, odd half, as installed", "Pearson with rated satisfaction",
                      f"TF-IDF trained elsewhere {half['TF-IDF elsewhere']}", half["pearson"],
                      _between(half["interval_90"]), 0.45)  # fmt: skip
    for part, name, bar in (
        ("jddc", "uss_asap_jddc test", 0.45),
        ("chnsenticorp", "chnsenticorp, four fifths", 0.80),
    ):
        if own := found.get(f"installed_{part}"):
            ours, other = own["installed"], own["TF-IDF elsewhere"]
            words = f"TF-IDF trained elsewhere {other['macro_f1']}"
            span = _between(ours["interval_90"])
            yield Row(f"{name}, as installed", "macro-F1", words, ours["macro_f1"], span, bar)


_STC3_BARS = {
    "satisfaction": (0.073, 0.114), "solved": (0.081, 0.121), "effectiveness": (0.074, 0.112),
}  # fmt: skip
_BASE, _OURS = "TF-IDF and structure in LightGBM", "troth, with acts by turn"


def _stc3(found: dict[str, Any]) -> Iterator[Row]:
    for lang in ("zh", "en"):
        if not (own := found.get(f"stc3_{lang}")):
            continue
        for target, bars in _STC3_BARS.items():
            base, model = own["models"][_BASE][target], own["models"][_OURS][target]
            for place, (name, bar) in enumerate(zip(("nmd", "rsnod"), bars, strict=True)):
                goal = bar if lang == "zh" else _same_share(found, target, name, place)
                yield Row(f"stc3_dch1 {lang}, 5 folds", f"{name.upper()}, {target}", f"{base[name]:.4f}",
                          model[name], f"{model[f'{name}_low']:.4f}–{model[f'{name}_high']:.4f}",
                          round(goal, 4), -1)  # fmt: skip


def _same_share(found: dict[str, Any], target: str, name: str, place: int) -> float:
    """The English bar: the share of the way from baseline to floor that the Chinese bar is."""
    zh, en = found.get("stc3_zh"), found["stc3_en"]
    bar = _STC3_BARS[target][place]
    base = en["models"][_BASE][target][name]
    if zh is None:
        return bar
    zh_base = zh["models"][_BASE][target][name]
    share = (zh_base - bar) / (zh_base - zh["floor"][target][place])
    return base - max(share, 0.0) * (base - en["floor"][target][place])


def _uss(found: dict[str, Any]) -> Iterator[Row]:
    if own := found.get("uss"):
        models = own["models"]
        cheap = {name: models[name]["macro_f1"] for name in ("TF-IDF", "sentence encoder")}
        words = ", ".join(f"{name} {f1:.3f}" for name, f1 in cheap.items())
        ours = models["troth"]
        span = f"{ours['low']:.3f}–{ours['high']:.3f}"
        yield Row("uss_asap_jddc, valid → test", "macro-F1, 3 classes", words, ours["macro_f1"], span,
                  round(max(cheap.values()), 3), clearly=ours["low"])  # fmt: skip


def _texts(found: dict[str, Any]) -> Iterator[Row]:
    if own := found.get("epitome"):
        for axis, bar in (
            ("emotional_reactions", 0.735),
            ("interpretations", 0.600),
            ("explorations", 0.700),
        ):
            if axis in own:
                yield _headed(
                    "epitome, 5 folds by post",
                    f"macro-F1, {axis.replace('_', ' ')}",
                    own[axis],
                    "macro_f1",
                    bar,
                )
    for lang, bar in (("zh", 0.66), ("en", 0.57)):
        if own := found.get(f"politeness_{lang}"):
            yield _headed(f"politeness_holistic {lang}, test", "Pearson", own, "pearson", bar)
    if own := found.get("cped"):
        yield _headed(
            "cped, valid → test", "sentiment, macro-F1", own["Sentiment"], "macro_f1", 0.45
        )
        yield _headed("cped, valid → test", "dialogue acts, macro-F1", own["DA"], "macro_f1",
                      own["DA"]["baseline"]["macro_f1"])  # fmt: skip
    if own := found.get("ott"):
        yield _headed("ott_deceptive, folds by hotel", "accuracy", own, "accuracy", 0.90)
    if own := found.get("chnsenticorp"):
        yield _headed("chnsenticorp, 5 folds", "macro-F1", own, "macro_f1", 0.905)


def _headed(data: str, measure: str, own: dict[str, Any], name: str, bar: float) -> Row:
    return Row(data, measure, f"{own['baseline'][name]:.3f}", own["head"][name],
               _between(own["head"]["interval_90"]), bar)  # fmt: skip


def _diplomacy(found: dict[str, Any]) -> Iterator[Row]:
    if own := found.get("diplomacy"):
        both = own["prequential"]
        words = f"{both['log_loss_without']:.4f} without text"
        span = f"difference {_between(both['difference_95_by_pair'])} by relationship"
        yield Row("diplomacy, games 1–7 → 8–12", "log-loss with reading features", words,
                  both["log_loss_with"], span, 0.125, -1)  # fmt: skip


def _between(pair: list[float]) -> str:
    return f"{pair[0]:g}–{pair[1]:g}" if pair[0] >= 0 else f"{pair[0]:g} to {pair[1]:g}"


def _rest(found: dict[str, Any]) -> Iterator[str]:
    """Every model on the helpdesk dialogues, with the floor."""
    for lang in ("zh", "en"):
        if not (own := found.get(f"stc3_{lang}")):
            continue
        yield f"## stc3_dch1 {lang}: every model"
        yield ""
        yield f"{own['dialogues']:,} dialogues, {own['split']}, seed {own['seed']}."
        yield "NMD / RSNOD; lower is nearer."
        yield ""
        yield "| model | satisfaction | solved | effectiveness |"
        yield "|---|---|---|---|"
        for name, model in own["models"].items():
            cells = " | ".join(f"{f['nmd']:.4f} / {f['rsnod']:.4f}" for f in model.values())
            yield f"| {name} | {cells} |"
        cells = " | ".join(f"{one:.4f} / {other:.4f}" for one, other in own["floor"].values())
        yield f"| nineteen raters drawn anew (floor) | {cells} |"
        yield ""
