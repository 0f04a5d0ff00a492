"""A file that waits: how it is read, what its rows become, what it would come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from troth.ledger.errors import UnreadableError
from troth.web.accounts.access import need
from troth.web.imports.actions.choose_reading import choose_reading
from troth.web.imports.actions.discard_file import discard_file
from troth.web.imports.becomes import names_on_record, sample_of, told
from troth.web.imports.beginning import beginning_of
from troth.web.imports.checking import check_file
from troth.web.imports.chosen import choice_told
from troth.web.imports.columns import (
    SHOWN,
    SPEAKERS,
    Mapper,
    header_of,
    kinds_offered,
    mapper_of,
    presets_offered,
    trustees_offered,
)
from troth.web.imports.running import shown
from troth.web.imports.seen import batch_or_404, doer
from troth.web.imports.trial import Trial, settled
from troth.web.imports.views import FORMS
from troth.web.ledger.colleagues import known_staff
from troth.web.ledger.models import Batch

if TYPE_CHECKING:
    from django.http import HttpResponse

    from troth.pages.words import Words


@need("import")
@require_safe
def one(request: Any, batch: int) -> HttpResponse:
    """A file that waits, or how its import went."""
    found = batch_or_404(request, batch)
    if found.state != Batch.State.WAITING:
        return shown(request, found)
    return _review(request, found)


@need("import")
@require_POST
def choose(request: Any, batch: int) -> HttpResponse:
    """Say how the file is to be read, and look again."""
    found = batch_or_404(request, batch)
    zone = request.POST.get("zone", "").strip()
    if zone and zone not in available_timezones():
        problem = request.words.say("imports.problem.zone", zone=zone[:60])
        return _review(request, found, problem)
    try:
        before = settled(found)
        table = before["format"] == "columns" and "map" in request.POST
        columns = header_of(found.name, beginning_of(found)) if table else []
    except (UnreadableError, OSError):
        columns = []
    chosen = choice_told(request.POST.dict(), request.POST.getlist("ours"), found.choice, columns)
    found = choose_reading(doer(request), found, chosen)
    if request.htmx:
        return _review(request, found)
    return redirect("imports:one", batch=found.pk)


@need("import")
@require_safe
def trial(request: Any, batch: int) -> HttpResponse:
    """The part of the page that asks again until the whole file is tried."""
    found = batch_or_404(request, batch)
    if found.state != Batch.State.WAITING or not request.htmx:
        return redirect("imports:one", batch=found.pk)
    problem, choice = _settled(request, found)
    return render(request, "imports/trial.html", _tried(request, found, choice, problem, None))


@need("import")
@require_POST
def discard(request: Any, batch: int) -> HttpResponse:
    """Throw a waiting file away."""
    if discard_file(doer(request), batch_or_404(request, batch)):
        messages.success(request, request.words.say("imports.discarded"))
    return redirect("imports:list")


def _settled(request: Any, batch: Batch) -> tuple[str, dict[str, Any]]:
    """What is wrong with the file as a whole, and the choice with all that is recognised."""
    try:
        return "", settled(batch)
    except UnreadableError as error:
        return error.line(request.words.lang), dict(batch.choice)
    except OSError:
        return request.words.say("imports.problem.gone"), dict(batch.choice)


def _review(request: Any, batch: Batch, wrong: str = "") -> HttpResponse:
    words = request.words
    problem, choice = _settled(request, batch)
    form = choice.get("format") or "columns"
    mapper: Mapper | None = None
    if form == "columns" and not problem:
        try:
            data = beginning_of(batch)
            mapper = mapper_of(batch.name, data, choice, words, request.now_us)
        except UnreadableError as error:
            problem = error.line(words.lang)
    page = {
        "form": form, "formats": [(one, words.say(f"imports.form.{one}")) for one in FORMS],
        "recognised": words.say(f"imports.form.{form}"), "wrong": wrong, "mapper": mapper,
        "zones": sorted(available_timezones()),
    }  # fmt: skip
    page |= _tried(request, batch, choice, problem, mapper)
    page |= _ours(batch, page["trial"])
    if mapper:
        page |= _mapped(batch, mapper, words)
    part = "imports/review_body.html" if request.htmx else "imports/review.html"
    return render(request, part, page)


def _tried(
    request: Any, batch: Batch, choice: dict[str, Any], problem: str, mapper: Mapper | None
) -> dict[str, Any]:
    """What the whole file would come to, where enough is known to say."""
    words = request.words
    if problem:
        tried = Trial("", done=True, problem=problem)
    elif mapper and mapper.lacks:
        tried = Trial("", done=True)
    else:
        tried = check_file(doer(request), batch, choice, words.lang)
    parties = {row[side] for row in tried.sample for side in ("truster", "trustee")}
    names = tried.names | names_on_record({choice.get("house", ""), *parties}, words.lang)
    tally = {
        "imports.would.taken": tried.taken, "imports.repeated": tried.repeated,
        "imports.rejected": tried.refused,
        **{f"imports.people.{kind}": number for kind, number in tried.people.items()},
    }  # fmt: skip
    return {
        "batch": batch, "trial": tried,
        "tally": [(words.say(key), f"{number:,}") for key, number in tally.items()],
        "lacks": mapper.lacks if mapper else [],
        "sample": [] if mapper else told(tried.sample, names, words),
    }  # fmt: skip


def _ours(batch: Batch, tried: Trial) -> dict[str, Any]:
    """Who speaks in a chat and may be ours, and who else was said to be."""
    said = batch.choice.get("staff_said", [])
    known = known_staff()
    voices = [(name, name in said) for name in tried.speakers if name not in known]
    shown_as_ticks = {name for name, _ in voices}
    return {
        "voices": voices,
        "staff_said": "\n".join(name for name in said if name not in shown_as_ticks),
    }


def _mapped(batch: Batch, mapper: Mapper, words: Words) -> dict[str, Any]:
    """What the mapper's own part of the page shows."""
    presets = dict(presets_offered(words))
    seen = mapper.preview
    records = (one for row in seen.numbers[:SHOWN] for one in seen.records.get(row, []))
    parties = {row[side] for row in records for side in ("truster", "trustee")}
    names = names_on_record({batch.choice.get("house", ""), *parties}, words.lang)
    return {
        "presets": presets.items(), "preset_said": presets.get(mapper.preset, ""),
        "kinds": kinds_offered(words), "trustees": trustees_offered(words),
        "speakers": [(one, words.say(f"imports.people.{one}")) for one in SPEAKERS],
        "sample_rows": sample_of(mapper, SHOWN, names, words),
        "scale": [f"{end:g}" for end in mapper.mapping.scale or ()],
    }  # fmt: skip
