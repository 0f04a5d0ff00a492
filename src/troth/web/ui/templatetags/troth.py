"""Words in templates: ``{% say "today.title" count=3 %}``."""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from troth import __version__ as installed
from troth.content.acts import acts
from troth.pages.charts import trust_chart
from troth.web.ui.drawing import curve_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from django.utils.safestring import SafeString

    from troth.pages.charts import Curve
    from troth.web.parties.models import Party

register = template.Library()
#: As in ``troth.trust.stage``, which is slow to load; a test holds them equal.
STAGES: Final = ("first_contact", "understanding", "building", "maintenance")


@register.simple_tag(takes_context=True)
def say(context: dict[str, Any], key: str, **values: object) -> str:
    """A phrase of ``content/text`` in the reader's language, escaped like everything else."""
    said: str = context["words"].say(key, **values)
    return said


@register.simple_tag(takes_context=True)
def count(context: dict[str, Any], key: str, number: int, **values: object) -> str:
    """A phrase that comes in ``.one`` and ``.more``."""
    said: str = context["words"].count(key, number, **values)
    return said


@register.simple_tag(takes_context=True)
def named(context: dict[str, Any], party: Party) -> str:
    """A party's name in the reader's language."""
    return party.name(context["words"].lang)


@register.simple_tag(takes_context=True)
def moment(context: dict[str, Any], t_us: int) -> str:
    """A time on the reader's clock: date and hour."""
    said: str = context["words"].moment(t_us)
    return said


@register.simple_tag(takes_context=True)
def date(context: dict[str, Any], t_us: int) -> str:
    """A day on the reader's calendar."""
    said: str = context["words"].date(t_us)
    return said


@register.simple_tag(takes_context=True)
def share(context: dict[str, Any], probability: float) -> str:
    """A probability as a percentage."""
    said: str = context["words"].share(probability)
    return said


@register.simple_tag
def version() -> str:
    """Which troth this is."""
    return installed


@register.simple_tag(takes_context=True)
def icon(context: dict[str, Any], name: str, label: str = "") -> SafeString:
    """A drawing from ``icons.svg``; silent for screen readers unless a phrase names it.

    Args:
        context: of the page.
        name: the drawing.
        label: key of the phrase that names it, where no words stand beside it.
    """
    return _drawn(name, context["words"].say(label) if label else "")


@lru_cache(maxsize=1024)
def _drawn(name: str, said: str) -> SafeString:
    """The same few drawings stand on a page by the dozen."""
    address = f"{static('ui/icons.svg')}#{name}"
    drawing = '<svg class="icon" {}="{}"><use href="{}"></use></svg>'
    if said:
        drawing = drawing.replace("{}=", 'role="img" {}=')
        return format_html(drawing, "aria-label", said, address)
    return format_html(drawing, "aria-hidden", "true", address)


@register.simple_tag(takes_context=True)
def stage(context: dict[str, Any], number: int, repair: bool = False) -> SafeString:  # noqa: FBT001, FBT002 - templates pass by position
    """Chips that say where a relationship stands: its stage, and whether something waits for repair.

    Args:
        context: of the page.
        number: position in ``troth.trust.stage.STAGES``.
        repair: whether the overlay repair is on.
    """
    words = context["words"]
    name = words.start(words.say(f"stage.{STAGES[number]}"))
    chips = format_html('<span class="chip{}">{}</span>', " accent" * (number > 0), name)
    if repair:
        said = words.start(words.say("stage.repair"))
        chips += format_html(' <span class="chip warn">{}{}</span>', icon(context, "repair"), said)
    return chips


@register.simple_tag(takes_context=True)
def trend(context: dict[str, Any], change: float, enough: bool = True) -> SafeString:  # noqa: FBT001, FBT002 - templates pass by position
    """How far trust rose or fell, in words and an arrow.

    Args:
        context: of the page.
        change: difference of two probabilities, −1 to 1.
        enough: whether there is evidence enough to speak of it.
    """
    points = round(change * 100)
    key, side, arrow = "steady", "", "steady"
    if not enough:
        key, arrow = "early", "clock"
    elif points > 0:
        key, side, arrow = "up", " good", "arrow-up"
    elif points < 0:
        key, side, arrow = "down", " bad", "arrow-down"
    said = context["words"].say(f"ui.trend.{key}", points=abs(points))
    return format_html('<span class="trend{}">{}{}</span>', side, icon(context, arrow), said)


@register.inclusion_tag("ui/field.html", takes_context=True)
def field(context: dict[str, Any], bound: Any, label: str = "", help: str = "") -> dict[str, Any]:  # noqa: A002 - reads well in a template
    """A form's field with its label above and its errors below.

    Args:
        context: of the page.
        bound: the form's field.
        label: key of its label; without one the form's own.
        help: key of what helps to fill it in; without one the form's own.
    """
    words = context["words"]
    if help:
        bound.field.help_text = bound.help_text = words.say(help)
    return {"field": bound, "label": words.say(label) if label else bound.label}


@register.inclusion_tag("ui/trust_chart.html", takes_context=True)
def trust_over_time(
    context: dict[str, Any], curve: Curve, label: str, addresses: Sequence[str] = ()
) -> dict[str, Any]:
    """Trust over time: drawn as SVG here, and by script where there is one.

    Args:
        context: of the page, which also includes ``ui/chart_scripts.html``.
        curve: what to show.
        label: what a screen reader says of it.
        addresses: where each mark leads.
    """
    words = context["words"]
    return {
        "label": label, "lang": words.lang, "zone": str(words.zone),
        "data": curve_json(curve, addresses),
        "wide": mark_safe(trust_chart(curve, 900, 300, label)),  # noqa: S308 - built from escaped parts
        "narrow": mark_safe(trust_chart(curve, 360, 240, label)),  # noqa: S308 - built from escaped parts
    }  # fmt: skip


@register.filter
def minutes(span: timedelta) -> int:
    """Whole minutes of a length of time, at least one."""
    return max(1, ceil(span.total_seconds() / 60))


@register.filter
def act_class(act: str) -> str:
    """The class under which words of an act are marked: ``<mark class="{{ span.act|act_class }}">``."""
    known = acts().get(act)
    if act == "promise":
        return "act-promise"
    if known is None or known.valence == 0:
        return "act-plain"
    if known.harm:
        return "act-bad"
    return "act-good" if known.valence > 0 else "act-need"


@register.simple_tag
def address(name: str, *parts: object) -> str:
    """The address of a page by its name, as ``{% url %}`` gives it; looked up once for a whole list."""
    return _address(name, parts)


@lru_cache(maxsize=4096)
def _address(name: str, parts: tuple[object, ...]) -> str:
    return reverse(name, args=parts)
