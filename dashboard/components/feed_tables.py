"""Feeds, what the last loads brought, and the chain of loads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.components.badges import Tone, badge
from dashboard.components.cards import card, fold
from dashboard.components.schedules import schedule_words
from dashboard.components.selection import Link, cut, labelled, pager
from dashboard.components.tables import Cell, table
from dashboard.data import FeedStatus, Situation
from dashboard.language import moment, number, t
from dashboard.urls import Lang
from etl.catalogue.cron import next_time
from etl.catalogue.feeds import Feed
from etl.catalogue.wita import WITA
from etl.measures.freshness import age
from etl.measures.observation import Attempt, Run, Vintage
from etl.stewardship.feed_status import NOTHING, clock_words, outcome_words, promise_words, reason
from etl.stewardship.obligation import Obligation, responsible

FEEDS, RUNS, FINDINGS, CONTESTS = "kiriman", "penerimaan", "dikembalikan", "beda-data"
SHOWN = 8
TONES: dict[str, Tone] = {
    **{"loaded": "good", "unchanged": "plain", "empty": "warn", "failed": "bad"},
    **{"waiting": "info", "returned": "warn", "interrupted": "bad"},
}


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


def feeds_card(found: Situation, conflicts: Mapping[str, int], now: dt.datetime, link: Link, lang: Lang) -> Component:
    """Return the table of feeds: when they run, how the last try went and why, how their promise stands.

    `conflicts` counts the beda data that touch each feed. Feeds that need somebody come first.
    """
    names = ("feed", "schedule", "last_attempt", "last_success", "promise", "rows", "refused", "contests")
    head = [t(f"{'desk' if name == 'promise' else 'sources'}.{name}", lang) for name in names]
    feeds = sorted(
        (each for each in found.desk.catalogue.feeds if each.enabled), key=lambda each: _urgency(each, found)
    )
    rows = [_feed_row(each, found, conflicts.get(each.id, 0), now, link, lang) for each in feeds]
    title, sub = t("sources.feeds", lang), t("sources.feeds_sub", lang)
    more = t("desk.rows_more", lang, count=SHOWN)
    body: list[Component | str] = [table(title, head, rows[:SHOWN], numeric=(5, 6, 7), cards=True, more=more)]
    if rows[SHOWN:]:
        rest = table(title, head, rows[SHOWN:], numeric=(5, 6, 7), cards=True)
        body.append(fold(t("desk.all_of", lang, count=len(rows) - SHOWN), [rest]))
    return card(title, body, sub=sub, id=FEEDS)


def _urgency(feed: Feed, found: Situation) -> int:
    """Sort key: at work or in trouble, then late, then tried, then the rest, each in the catalogue's order."""
    status = found.status.get(feed.id)
    last = status.last_attempt if status else None
    if last is not None and last.outcome not in ("loaded", "unchanged"):
        return 0
    if any(each.state == "late" and each.judged for each in found.desk.owed.get(feed.id, ())):
        return 1
    return 2 if last is not None else 3


def _feed_row(feed: Feed, found: Situation, conflicts: int, now: dt.datetime, link: Link, lang: Lang) -> list[Cell]:
    status, desk = found.status.get(feed.id), found.desk
    office = responsible(desk.catalogue, feed, desk.home)
    name: Cell = [
        feed.name.get(lang),
        html.Small([html.Code(feed.id), " · ", office.short if office else t("desk.no_office", lang)]),
    ]
    differ: Cell = _nil(status)
    if conflicts:
        label = f"{conflicts} {t('sources.contests', lang)}: {feed.name.get(lang)}"
        differ = html.A(number(conflicts, 0, lang), href=link(CONTESTS, alasan="conflict"), **labelled(label))
    return [
        name,
        _schedule_cell(feed, now, lang),
        _attempt_cell(status.last_attempt if status else None, now, lang),
        _success_cell(status, now, lang),
        _promise_cell(desk.owed.get(feed.id, ()), lang),
        number(status.rows, 0, lang) if status and status.rows else _nil(status),
        _refused_cell(feed, status, link, lang),
        differ,
    ]


def _nil(status: FeedStatus | None) -> Component:
    # A phone leaves it out.
    return html.Span("0" if status else "–", className="pt-nil")


def _schedule_cell(feed: Feed, now: dt.datetime, lang: Lang) -> Cell:
    words: list[Component | str] = [html.Span(schedule_words(feed.schedule, lang), title=feed.schedule)]
    due = next_time(feed.schedule, now) if feed.schedule else None
    if due is not None:
        words.append(html.Small(t("desk.next", lang, when=clock_words(due, now, lang))))
    return words


def _success_cell(status: FeedStatus | None, now: dt.datetime, lang: Lang) -> Cell:
    if status is None or status.last_success is None:
        return html.Span(t("sources.never", lang), className="pt-mute")
    since = status.last_success.astimezone(WITA).date()
    return [moment(status.last_success, lang), html.Small(age(since, now.astimezone(WITA).date()).get(lang))]


def _promise_cell(owed: Sequence[Obligation], lang: Lang) -> Cell:
    words = promise_words(owed)
    if words is None:
        return html.Span(t("desk.no_promise", lang), className="pt-mute")
    late = any(each.state == "late" and each.judged for each in owed)
    return html.Span(words.get(lang), className="pt-bad" if late else "")


def _refused_cell(feed: Feed, status: FeedStatus | None, link: Link, lang: Lang) -> Cell:
    if status is None or not status.refused:
        return _nil(status)
    label = f"{number(status.refused, 0, lang)} {t('sources.findings', lang)}: {feed.name.get(lang)}"
    address = link(FINDINGS, kiriman=feed.id, aturan=None, hal=1)
    return html.A(number(status.refused, 0, lang), href=address, **labelled(label))


def _attempt_cell(attempt: Attempt | None, now: dt.datetime, lang: Lang) -> Cell:
    if attempt is None:
        return html.Span(t("sources.never", lang), className="pt-mute")
    said = outcome_words(attempt.outcome, attempt.rows_read, attempt.refused)
    tone = TONES.get(attempt.outcome or "", "info") if said is not NOTHING else "warn"
    state = badge(said.get(lang), tone)
    parts: list[Component | str] = [html.Div([moment(attempt.started_at, lang), " ", state])]
    words = reason(attempt, now)
    return [*parts, html.Small(words.get(lang))] if words else parts


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
    more = t("desk.rows_more", lang, count=len(rows))
    body = table(title, head, rows, numeric=(3, 4, 5, 6), cards=True, more=more)
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
