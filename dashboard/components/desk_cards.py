"""Pekerjaan hari ini: what the walidata has to check, return and ask for, each with its letter."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.components.attributes import Attributes
from dashboard.components.badges import Tone, badge
from dashboard.components.cards import Content, card, fold
from dashboard.data import Situation
from dashboard.language import date, number, period, t
from dashboard.urls import Lang
from etl.stewardship.desk import Task, TaskKind, tasks
from etl.stewardship.feed_status import clock_words, scheduler_words
from etl.stewardship.obligation import Obligation, responsible

TODAY = "pekerjaan"
SHOWN = 6
TONES: dict[TaskKind, Tone] = {"check": "info", "return": "warn", "late": "bad", "soon": "plain"}


def scheduler_notice(found: Situation, now: dt.datetime, lang: Lang) -> list[Component]:
    """Return a notice where nothing is received by itself, or the schedule is not that of the catalogue."""
    seen = found.scheduler
    words = scheduler_words(seen.seen_at if seen else None, seen.trouble if seen else None, now)
    return [html.P(words.get(lang), className="pt-notice", role="alert")] if words else []


def desk_card(found: Situation, now: dt.datetime, lang: Lang) -> Component:
    """Return the card of today's work: how much of each kind, then the tasks, the rest one click away."""
    todo = tasks(found.desk)
    body: list[Content] = [_counts(todo, lang)] if todo else [html.P(t("desk.none", lang), className="pt-mute")]
    if todo:
        lines = [_task(each, found, now, lang) for each in todo]
        body.append(_listed(lines[:SHOWN]))
        if lines[SHOWN:]:
            body.append(fold(t("desk.all_of", lang, count=len(lines) - SHOWN), [_listed(lines[SHOWN:])]))
    if found.releases:
        waits = [html.Li([html.B(each.short.get(lang)), html.Small(fresh.sentence.get(lang))])
                 for each, fresh in found.releases]  # fmt: skip
        summary = t("desk.releases", lang, count=len(waits))
        body.append(fold(summary, [html.Ul(waits, className="pt-plain pt-releases", role="list")]))
    sub = t("desk.today_sub", lang, day=date(found.desk.today, lang))
    return card(t("desk.today", lang), body, sub=sub, id=TODAY)


def _listed(lines: Sequence[Component]) -> Component:
    return html.Ul(list(lines), className="pt-tasks", role="list")


def _counts(todo: Sequence[Task], lang: Lang) -> Component:
    kinds = Counter(each.kind for each in todo)
    cells = [
        html.Div([html.Dt(t(f"desk.{kind}", lang)), html.Dd(number(kinds[kind], 0, lang))],
                 className="pt-count" + ("" if kinds[kind] else " pt-count-none"))
        for kind in TONES
    ]  # fmt: skip
    return html.Dl(cells, className="pt-counts")


def _task(task: Task, found: Situation, now: dt.datetime, lang: Lang) -> Component:
    desk = found.desk
    feed = desk.catalogue.feed[task.feed]
    office = responsible(desk.catalogue, feed, desk.home)
    who = office.short if office else t("desk.no_office", lang)
    unasked = task.kind == "late" and task.obligation is not None and not task.obligation.judged
    mark = badge(t(f"desk.{'missing' if unasked else task.kind}_badge", lang), "warn" if unasked else TONES[task.kind])
    name = feed.name.get(lang)
    words = html.Div([html.B(name), html.Small([f"{who} · ", *_words(task, found, now, lang)])])
    copying: Attributes = {
        "data-salin": t("desk.copied", lang),
        "data-teks": task.letter,
        "aria-live": "polite",
        "aria-label": t("desk.copy_for", lang, copy=t("desk.copy", lang), what=f"{name}, {who}"),
    }
    copy = html.Button(t("desk.copy", lang), className="pt-button pt-button-small", type="button", **copying)
    letter = fold(t("desk.read", lang), [html.P(task.letter, className="pt-letter", lang="id")])
    return html.Li([mark, words, html.Div([copy, letter], className="pt-task-letter")])


def _words(task: Task, found: Situation, now: dt.datetime, lang: Lang) -> list[Content]:
    if task.obligation is not None:
        more = f", {t('desk.earlier', lang, count=task.earlier)}" if task.earlier else ""
        return [_owed(task.obligation, task.kind, found.desk.today, lang) + more]
    if task.kind == "return":
        words = "return_line" if task.count else "unread_line"
        return [t(f"desk.{words}", lang, file=task.file, count=number(task.count, 0, lang))]
    opened = next(each.opened_at for each in found.desk.waiting if each.attempt == task.number)
    commands = [
        html.Code(f"python -m etl accept {task.number} --by NAMA", className="pt-command"),
        html.Code(f"python -m etl return {task.number} --by NAMA --reason …", className="pt-command"),
    ]
    line = t("desk.check_line", lang, file=task.file, since=clock_words(opened, now, lang))
    return [t("desk.shrunk", lang) if task.cause == "shrunk" else "", line, *commands]


def _owed(each: Obligation, kind: TaskKind, today: dt.date, lang: Lang) -> str:
    words = {"period": period(each.period.code, lang), "due": date(each.due, lang)}
    if kind == "late":
        return t(f"desk.{'late' if each.judged else 'missing'}_line", lang, days=each.days, **words)
    if today > each.due:
        return t("desk.grace_line", lang, last=date(each.last_day, lang), **words)
    return t("desk.soon_line", lang, **words)
