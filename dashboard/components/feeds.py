"""Feeds, what the last loads brought, and the chain of loads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.components.badges import Tone, badge
from dashboard.components.cards import card
from dashboard.components.schedules import schedule_words
from dashboard.components.selection import Link, cut, labelled, pager
from dashboard.components.tables import Cell, table
from dashboard.data import FeedStatus
from dashboard.language import WITA, moment, number, t
from dashboard.urls import Lang
from etl.catalogue.feeds import Feed
from etl.catalogue.freshness import age
from etl.catalogue.observation import Attempt, Run, Vintage

FEEDS, RUNS, FINDINGS = "kiriman", "penerimaan", "dikembalikan"
TONES: dict[str, Tone] = {"loaded": "good", "unchanged": "plain", "empty": "warn", "failed": "bad"}


@dataclass(frozen=True, slots=True)
class Accounting:
    """Rows of the last load of every file. Nothing is dropped: read = accepted + unchanged + refused."""

    files: int
    read: int
    accepted: int
    unchanged: int
    refused: int

    @property
    def balanced(self) -> bool:
        return self.read == self.accepted + self.unchanged + self.refused


def account(runs: Iterable[Run]) -> Accounting:
    """Add up the newest run of each file of each feed; `runs` come newest first."""
    newest: dict[tuple[str, str], Run] = {}
    for each in runs:
        newest.setdefault((each.feed, each.files[0] if each.files else ""), each)
    last = newest.values()
    return Accounting(
        len(newest),
        sum(each.rows_read for each in last),
        sum(each.accepted for each in last),
        sum(each.unchanged for each in last),
        sum(each.refused for each in last),
    )


def accounting_strip(sums: Accounting, lang: Lang) -> Component:
    """Return the equation of rows as a strip of four figures."""
    words = {"read": sums.read, "accepted": sums.accepted, "unchanged": sums.unchanged, "refused": sums.refused}
    signs = {"read": "", "accepted": "=", "unchanged": "+", "refused": "+"}
    cells = [
        html.Div(
            [
                html.Dt(t(f"sources.{word}", lang)),
                html.Dd([_signed(signs[word], value, lang), html.P(t(f"sources.{word}_sub", lang, files=sums.files))]),
            ],
            className="pt-stat",
        )
        for word, value in words.items()
    ]
    return html.Dl(cells, className="pt-stats pt-equation")


def _signed(sign: str, value: int, lang: Lang) -> Component:
    # The sign is drawn; the sentence above the strip says it to those who listen.
    hidden: dict[str, Any] = {"aria-hidden": "true"}
    return html.Div([html.Span(sign, className="pt-sign", **hidden), number(value, 0, lang)], className="pt-big")


def accounting_line(sums: Accounting, lang: Lang) -> str:
    """Write the equation of rows as one line."""
    parts = {name: number(getattr(sums, name), 0, lang) for name in ("read", "accepted", "unchanged", "refused")}
    return t("sources.accounting", lang, **parts)


def feeds_card(
    feeds: Sequence[Feed], status: Iterable[FeedStatus], now: dt.datetime, link: Link, lang: Lang
) -> Component:
    """Return the table of feeds: when they run, how the last try went, what it brought, how old it is."""
    known = {each.feed: each for each in status}
    names = ("feed", "schedule", "last_attempt", "last_success", "rows", "refused", "age")
    head = [t(f"sources.{name}", lang) for name in names]
    rows = [_feed_row(each, known.get(each.id), now, link, lang) for each in feeds]
    title, sub = t("sources.feeds", lang), t("sources.feeds_sub", lang)
    return card(title, [table(title, head, rows, numeric=(4, 5), cards=True)], sub=sub, id=FEEDS)


def _feed_row(feed: Feed, status: FeedStatus | None, now: dt.datetime, link: Link, lang: Lang) -> list[Cell]:
    name: Cell = [feed.name.get(lang), html.Small(html.Code(feed.id))]
    schedule = html.Span(schedule_words(feed.schedule, lang), title=feed.schedule)
    if status is None:
        return [name, schedule, html.Span(t("sources.never", lang), className="pt-mute"), "–", "–", "–", "–"]
    success = status.last_success
    days = age(success.astimezone(WITA).date(), now.astimezone(WITA).date()).get(lang) if success else "–"
    refused: Cell = number(status.refused, 0, lang)
    if status.refused:
        label = f"{refused} {t('sources.findings', lang)}: {feed.name.get(lang)}"
        refused = html.A(refused, href=link(FINDINGS, kiriman=feed.id, aturan=None, hal=1), **labelled(label))
    return [
        name,
        schedule,
        _attempt_cell(status.last_attempt, lang),
        moment(success, lang) if success else t("sources.never", lang),
        number(status.rows, 0, lang),
        refused,
        days,
    ]


def _attempt_cell(attempt: Attempt | None, lang: Lang) -> Cell:
    if attempt is None:
        return t("sources.never", lang)
    words = {None: "running", "unchanged": "outcome_unchanged"}
    word = t(f"sources.{words.get(attempt.outcome, attempt.outcome)}", lang)
    state = badge(word, TONES.get(attempt.outcome or "", "info"))
    parts: list[Component | str] = [html.Div([moment(attempt.started_at, lang), " ", state])]
    if attempt.outcome == "failed" and attempt.message:
        parts.append(html.Small(attempt.message))
    return parts


def runs_card(
    vintages: Sequence[Vintage], runs: Iterable[Run], feeds: Mapping[str, str], page: int, link: Link, lang: Lang
) -> Component:
    """Return the chain of states, newest first: loads with their rows, and changes of the catalogue.

    `feeds` are the names of feeds by id; one that the catalogue no longer has is shown by its id.
    """
    title = t("sources.runs", lang)
    if not vintages:
        return card(title, [html.P(t("sources.no_runs", lang), className="pt-mute")], id=RUNS)
    by_id = {each.id: each for each in runs}
    chosen, number_, pages = cut(vintages, page)
    names = ("state", "received_at", "what", "read", "accepted", "unchanged", "refused")
    head = [t(f"sources.{name}", lang) for name in names]
    rows = [_run_row(each, by_id.get(each.run or 0), feeds, lang) for each in chosen]
    body = table(title, head, rows, numeric=(3, 4, 5, 6), cards=True)
    turn = pager(title, number_, pages, lambda at: link(RUNS, hal_terima=at), lang)
    return card(title, [body, *turn], sub=t("sources.runs_sub", lang), id=RUNS)


def _run_row(vintage: Vintage, run: Run | None, feeds: Mapping[str, str], lang: Lang) -> list[Cell]:
    state: Cell = html.Span([f"{vintage.number} · ", html.Code(vintage.seal[:8])], className="pt-nowrap")
    when = moment(vintage.recorded_at, lang)
    if run is None:
        changed: Cell = [t("sources.catalogue_changed", lang), html.Small(t("sources.catalogue_changed_sub", lang))]
        return [state, when, changed, "–", "–", "–", "–"]
    name = feeds.get(run.feed, run.feed)
    what: Cell = [name, html.Small([f"{t('sources.run', lang, run=run.id)} · ", html.Code(", ".join(run.files))])]
    counts = (run.rows_read, run.accepted, run.unchanged, run.refused)
    return [state, when, what, *(number(each, 0, lang) for each in counts)]
