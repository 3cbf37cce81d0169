"""Kecamatan that have a figure, and those that have none: a missing one is told, never drawn as zero."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.components.cards import card
from dashboard.components.tables import table
from dashboard.formatting import shown
from dashboard.indicator_story import Line
from dashboard.language import period, t
from dashboard.urls import Lang
from etl.catalogue.models import Indicator
from etl.catalogue.reference import Region


def districts(indicator: Indicator, below: Sequence[Region], lines: Sequence[Line], lang: Lang) -> Component | None:
    """Return the card where any kecamatan has a figure; None elsewhere."""
    if not lines:
        return None
    latest = {line.region: line.points[-1].shown for line in lines}
    head = [t(f"indicator.{key}", lang) for key in ("districts", "col_period", "col_value_plain")]
    rows = [
        [each.name, period(latest[each.code].period.code, lang), shown(indicator, latest[each.code], lang)]
        for each in below
        if each.code in latest
    ]
    silent = [each.name for each in below if each.code not in latest]
    note = t("indicator.districts_none", lang, count=len(silent), names=", ".join(silent)) if silent else ""
    body = [table(head[0], head, rows, numeric={2}), html.P(note, className="pt-mute")]
    return card(head[0], body, sub=t("indicator.districts_series", lang))
