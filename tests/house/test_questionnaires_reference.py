"""What the pages say of questionnaires is what content and measurement say."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from troth.content.questionnaires import Questionnaire, load_questionnaire, questionnaires
from troth.people.scoring import scale_scores

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/reference/questionnaires.md"
TOLD = ROOT / "docs/explanation/what-disc-can-and-cannot-tell-you.md"
MEASURED = ROOT / "benchmarks/truth/questionnaires.md"


def row_of(asked: Questionnaire) -> str:
    """The row that the reference must have for a questionnaire."""
    turned = sum(item.reversed for item in asked.items)
    values = sorted({(c[0].value, c[-1].value) for c in map(asked.choices_of, asked.items)})
    answers = ", ".join(f"{low}–{high}" for low, high in values)
    valid = " and ".join(lang for lang, yes in asked.validated.items() if yes) or "no"
    cells = [
        f"`{asked.name}`", asked.title["en"], asked.title["zh"], ", ".join(asked.audience),
        str(len(asked.items)), str(turned), answers, asked.result, f"{asked.keeps_days} days",
        asked.source, valid,
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |"


@pytest.mark.parametrize("asked", questionnaires().values(), ids=lambda asked: asked.name)
def test_the_reference_states_every_questionnaire(asked):
    """Its row, its licence and limits, and a row for each scale with its items."""
    page = PAGE.read_text(encoding="utf-8")
    assert row_of(asked) in page, f"the row must be: {row_of(asked)}"
    words = f"| `{asked.name}` | {asked.licence['en']} | {asked.limits['en']} |"
    assert words in page, f"the row must be: {words}"
    for scale in asked.scales:
        items = " ".join(f"{name}R" if asked.item(name).reversed else name for name in scale.items)
        row = (
            f"| `{asked.name}` | `{scale.name}` | {scale.title['en']} | {scale.method} | {items} |"
        )
        assert row in page, f"the row must be: {row}"


def test_the_page_on_disc_quotes_what_was_measured():
    """Every row of its table stands in the measured one, to the digit."""
    page, measured = (p.read_text(encoding="utf-8") for p in (TOLD, MEASURED))
    table = page.split("<!-- figures -->")[1].split("<!-- end of figures -->")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ") and "alpha" not in line]
    assert len(rows) == 7
    for row in rows:
        name, people, items, alpha, omega = (cell.strip() for cell in row.strip("|").split("|"))
        point, low, high = re.findall(r"\.\d{3}", alpha)
        cells = (name.split()[-1], people, items, f"0{point}", f"0{low} to 0{high}", f"0{omega}")
        assert f"| {' | '.join(cells)} |" in measured, name


def test_the_recipe_can_be_typed_as_it_stands(tmp_path):
    """What CONTRIBUTING shows is a questionnaire that loads and can be scored."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    recipe = page.split("### Add a questionnaire")[1]
    block = re.search(r"```yaml\n(.*?)```", recipe, re.DOTALL)
    path = tmp_path / "patience.yaml"
    path.write_text(textwrap.dedent(block[1]), encoding="utf-8")
    assert scale_scores(load_questionnaire(path), {"q1": 2, "q2": 1}) == {"patience": 2.0}
