"""Figures that were replaced: what they said, and from when to when that was what was known."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.badges import badge
from dashboard.components.cards import fold
from dashboard.components.provenance import place, source_link
from dashboard.components.tables import Cell, table
from dashboard.formatting import series_name, shown
from dashboard.indicator_story import Replaced
from dashboard.language import date, period, t
from dashboard.urls import Lang
from etl.catalogue.models import Catalogue, Indicator

COLUMNS = ("period", "value_plain", "state", "source", "place", "known", "version")


def older_versions(
    indicator: Indicator, replaced: Sequence[Replaced], catalogue: Catalogue, lang: Lang
) -> Component | None:
    """Return the replaced figures, newest period first, one click away; None where nothing was replaced."""
    if not replaced:
        return None
    several = len({each.old.series for each in replaced}) > 1
    names = [COLUMNS[0], "series", *COLUMNS[1:]] if several else list(COLUMNS)
    head = [t(f"indicator.col_{name}", lang) for name in names]
    rows = [_row(indicator, each, catalogue, lang, several) for each in replaced]
    summary = t("indicator.older_versions", lang, count=len(replaced))
    body = table(summary, head, rows, numeric={names.index("value_plain")}, cards=True)
    return html.Div(fold(summary, [html.P(t("indicator.older_help", lang), className="pt-sub"), body]), id=ids.OLDER)


def _row(indicator: Indicator, each: Replaced, catalogue: Catalogue, lang: Lang, several: bool) -> list[Cell]:
    old = each.old
    dates = {"start": date(old.recorded_at, lang, short=True), "end": date(each.new.recorded_at, lang, short=True)}
    cells: list[Cell] = [
        period(old.period.code, lang),
        shown(indicator, old, lang),
        badge(t("indicator.replaced", lang)),
        source_link(catalogue, old, lang),
        place(old, lang),
        t("indicator.known_dates", lang, **dates),
        t("indicator.version_of", lang, version=old.version, replaced=each.new.version),
    ]
    series = series_name(indicator, old.series, lang) or old.series
    return [cells[0], series, *cells[1:]] if several else cells
