"""How offices keep their promises, and what of their data is there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from dashboard.components.attributes import HIDDEN
from dashboard.components.cards import Content, card, fold
from dashboard.components.tables import Cell, table
from dashboard.data import Situation
from dashboard.language import number, percent, t
from dashboard.urls import Lang
from etl.catalogue.models import Catalogue
from etl.stewardship.data_register import Holding
from etl.stewardship.obligation import Punctuality, punctuality, without_owner

OFFICES, HOLDINGS = "ketepatan", "daftar-data"


def offices_card(found: Situation, lang: Lang) -> Component:
    """Return the table of punctuality by office, and the feeds for which no office answers."""
    desk, title = found.desk, t("desk.offices", lang)
    kept = punctuality(desk.catalogue, desk.home, desk.owed)
    names = ("office", "feeds", "on_time", "delay", "open")
    head = [t(f"desk.{name}", lang) for name in names]
    rows = [_office_row(each, desk.catalogue, lang) for each in kept]
    body: list[Content] = [
        table(title, head, rows, numeric=(3, 4), cards=True, more=t("desk.rows_more", lang, count=len(rows)))
        if rows
        else html.P(t("desk.no_offices", lang), className="pt-mute")
    ]
    orphans = without_owner(desk.catalogue, desk.home)
    if orphans:
        listed = ", ".join(f"{each.name.get(lang)} ({each.id})" for each in orphans)
        body.append(html.P([html.B(f"{t('desk.orphans', lang)}: "), listed], className="pt-warning pt-orphans"))
    return card(title, body, sub=t("desk.offices_sub", lang), id=OFFICES)


def _office_row(each: Punctuality, catalogue: Catalogue, lang: Lang) -> list[Cell]:
    names = ", ".join(catalogue.feed[name].name.get(lang) for name in each.feeds)
    late: Cell = html.B(number(each.open, 0, lang), className="pt-bad") if each.open else "0"
    return [
        html.Span(each.office.short, title=each.office.name),
        html.Small(names),
        _rate(each, lang),
        t("desk.days", lang, days=each.days) if each.days else "–",
        late,
    ]


def _rate(each: Punctuality, lang: Lang) -> Cell:
    if not each.judged:
        return html.Span(t("desk.nothing_due", lang), className="pt-mute")
    return [t("desk.on_time_of", lang, on_time=each.on_time, judged=each.judged), _bar(each.on_time, each.judged)]


def _bar(part: int, whole: int) -> Component:
    # The words beside it say the same.
    return html.Div(html.Div(style={"width": f"{100 * part / whole:.1f}%"}), className="pt-share", **HIDDEN)


def holdings_card(found: Situation, lang: Lang) -> Component:
    """Return the Daftar Data, one fold for each office."""
    catalogue = found.desk.catalogue
    public = [each for each in found.holdings if each.indicator is None or each.indicator in catalogue.public]
    groups = groupby(public, key=lambda each: each.office)
    body = [
        _office_fold(office.short if office else t("desk.no_office", lang), list(held), catalogue, lang)
        for office, held in groups
    ]
    empty: list[Content] = [html.P(t("desk.no_offices", lang), className="pt-mute")]
    return card(t("desk.holdings", lang), body or empty, sub=t("desk.holdings_sub", lang), id=HOLDINGS)


def _office_fold(office: str, held: Sequence[Holding], catalogue: Catalogue, lang: Lang) -> Component:
    filled, owed = sum(each.filled for each in held), sum(each.owed for each in held)
    feeds = len({each.feed for each in held})
    summary = t("desk.office_filled", lang, office=office, feeds=feeds, percent=_share(filled, owed, lang))
    head = [t(f"desk.{name}", lang) for name in ("indicator", "feeds", "filled")] + ["%"]
    rows = [_holding_row(each, catalogue, lang) for each in held]
    return fold(summary, [table(f"{t('desk.holdings', lang)}: {office}", head, rows, numeric=(3,), cards=True)])


def _holding_row(each: Holding, catalogue: Catalogue, lang: Lang) -> list[Cell]:
    what = catalogue.indicator[each.indicator].short.get(lang) if each.indicator else t("desk.records", lang)
    filled: list[Component | str] = [t("desk.filled_of", lang, filled=each.filled, owed=each.owed)]
    if each.owed:
        filled.append(_bar(each.filled, each.owed))
    return [what, catalogue.feed[each.feed].name.get(lang), filled, _share(each.filled, each.owed, lang)]


def _share(filled: int, owed: int, lang: Lang) -> str:
    """Write a share, rounded down: only what is full is 100%."""
    return percent(100 * filled // owed, 0, lang) if owed else "–"
