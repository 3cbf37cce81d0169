"""/data: today's work, feeds, promises, loads, returned rows and conflicts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial

from dash import html
from dash.development.base_component import Component

from dashboard import page_shell, urls
from dashboard.components.contests import contests_card, public_contests
from dashboard.components.desk_cards import TODAY, desk_card, scheduler_notice
from dashboard.components.feed_tables import (
    CONTESTS,
    FEEDS,
    FINDINGS,
    RUNS,
    account,
    accounting_line,
    accounting_strip,
    feeds_card,
    runs_card,
)
from dashboard.components.findings import findings_card
from dashboard.components.promises import HOLDINGS, OFFICES, holdings_card, offices_card
from dashboard.components.selection import Selection, labelled, linker, read_selection
from dashboard.data import Scene
from dashboard.language import number, t
from dashboard.page_shell import Body
from dashboard.urls import Lang
from etl.catalogue.reference import Text
from etl.measures.observation import guarded
from etl.stewardship.desk import GoingBack, Task, conflicts_by_feed, tasks
from etl.stewardship.inbox_notes import inbox_notes
from etl.stewardship.returned_letters import going_back, guarded_letter

CHAIN = 1000
FOUND = 5000
ADDRESSES = {
    "api_observations": "/api/v1/observations?format=csv&limit=5000",
    "api_conflicts": "/api/v1/conflicts",
    "api_findings": "/api/v1/findings",
    "api_document": "/api/v1/openapi.json",
}


def register() -> None:
    """Register the page."""
    page_shell.register_page(__name__, path=urls.SOURCES, layout=layout, label=partial(t, "shell.data"), order=20)


def layout(**query: str) -> Component:
    """Show where the figures come from."""
    chosen, house, now = read_selection(query), page_shell.bound(), dt.datetime.now(dt.UTC)
    lying, root = going_back(house.inbox), house.inbox.parents[1]
    return page_shell.page(
        query,
        urls.SOURCES,
        lambda scene: build(scene, chosen, house.home, now, lying, inbox_notes(root, scene.catalogue.feeds, now)),
    )


def build(
    scene: Scene,
    chosen: Selection,
    home: str,
    now: dt.datetime,
    lying: Sequence[GoingBack] = (),
    notes: Sequence[Text] = (),
) -> Body:
    """Build the page from the scene, what the reader picked, the home regency whose promises count, and the time.

    `lying` are the letters of returned files that have to be sent, `notes` say what lies in the inbox in vain.
    """
    lang, reader = scene.lang, scene.reader
    runs, contests = reader.runs(CHAIN), public_contests(scene)
    findings = [guarded(each, scene.catalogue.public) for each in reader.findings(limit=FOUND)]
    names = {each.id: each.name.get(lang) for each in scene.catalogue.feeds}
    link = linker(urls.SOURCES, scene.state, chosen)
    sums = account(runs)
    conflicts = sum(each.reason == "conflict" for each in contests)
    returned = sum(each.severity == "refused" for each in findings)
    vintages = reader.vintages(CHAIN)
    letters = [guarded_letter(each, scene.catalogue) for each in lying]
    seen = reader.situation(scene.catalogue, home, now, scene.vintage, letters)
    todo = tasks(seen.desk)
    counts = {
        **{TODAY: len(todo), FEEDS: len(scene.catalogue.feeds)},
        **{OFFICES: len({each.office for each in seen.holdings if each.office}), HOLDINGS: len(seen.holdings)},
        **{RUNS: len(vintages), FINDINGS: returned, CONTESTS: conflicts},
    }
    unbalanced = [] if sums.balanced else [html.P(t("sources.unbalanced", lang), className="pt-notice", role="alert")]
    children = [
        _top(_headline(todo, sums.refused, conflicts, lang), accounting_line(sums, lang), lang),
        *scheduler_notice(seen, now, lang),
        *unbalanced,
        *(html.P(each.get(lang), className="pt-notice", role="status") for each in notes),
        _sections(counts, lang),
        desk_card(seen, now, lang),
        accounting_strip(sums, lang),
        feeds_card(seen, conflicts_by_feed(contests), now, link, lang),
        offices_card(seen, lang),
        holdings_card(seen, lang),
        runs_card(vintages, runs, names, chosen.hal_terima, link, lang),
        findings_card(findings, names, chosen, link, lang),
        contests_card(scene, contests, chosen, link),
    ]
    return Body(t("sources.title", lang), children)


def _headline(todo: Sequence[Task], refused: int, conflicts: int, lang: Lang) -> str:
    """Say what needs somebody, the worst first; what there is none of is left out."""
    late = [each for each in todo if each.kind == "late"]
    judged = sum(each.obligation is not None and each.obligation.judged for each in late)
    counts = {"late": judged, "missing": len(late) - judged, "returned": refused, "conflicts": conflicts}
    parts = [t(f"sources.finding_{name}", lang, count=number(n, 0, lang)) for name, n in counts.items() if n]
    if not parts:
        return t("sources.finding_clean", lang)
    *first, last = parts
    comma = "," if len(first) > 1 else ""
    return f"{', '.join(first)}{comma} {t('sources.finding_last', lang)} {last}" if first else last


def _top(heading: str, line: str, lang: Lang) -> Component:
    links = [html.A(t(f"sources.{key}", lang), href=address) for key, address in ADDRESSES.items()]
    menu = html.Details(
        [html.Summary([t("sources.api", lang), " ▾"], className="pt-button pt-button-main"), html.Div(links)],
        className="pt-menu",
    )
    leads = [html.P(text, className="pt-lead") for text in (t("sources.lead", lang), line)]
    row = html.Div([html.H1(heading), html.Div(menu, className="pt-actions")], className="pt-row")
    return html.Div([row, *leads], className="pt-top")


def _sections(counts: Mapping[str, int], lang: Lang) -> Component:
    names = {
        **{TODAY: "desk.today", FEEDS: "sources.feeds", OFFICES: "desk.offices", HOLDINGS: "desk.holdings"},
        **{RUNS: "sources.runs", FINDINGS: "sources.findings", CONTESTS: "sources.contests"},
    }
    links = [
        html.A([t(names[anchor], lang), " ", html.Span(number(count, 0, lang))], href=f"#{anchor}",
               className="pt-chip")
        for anchor, count in counts.items()
    ]  # fmt: skip
    return html.Nav(links, className="pt-chips", **labelled(t("sources.sections", lang)))
