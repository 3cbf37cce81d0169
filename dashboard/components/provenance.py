"""Every figure and where it comes from: source with link, place in the file, receipt, version, state."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.citation import cited, kind_word, source_kind
from dashboard.components.badges import Tone, badge
from dashboard.components.cards import card
from dashboard.components.tables import Cell, table
from dashboard.formatting import as_printed, digits, series_name, shown, target_text
from dashboard.indicator_story import Point, Story
from dashboard.language import date, period, rounded, t
from dashboard.told_marks import told_marks
from dashboard.urls import Lang
from etl.catalogue.models import Catalogue
from etl.catalogue.reference import Mark
from etl.measures.conflict import reason
from etl.measures.effective_targets import EffectiveTarget
from etl.measures.observation import Observation

STATE_TONES: dict[str, Tone] = {"conflict": "warn"}
QUIET_MARKS: set[Mark] = {"rounded"}
SHORT_MARKS: dict[Mark, str] = {"ikn_unknown": "ikn_unknown_short"}
COLUMNS = ("period", "value", "state", "source", "place", "received", "version")


def every_figure(story: Story, catalogue: Catalogue, lang: Lang, older: Component | None = None) -> Component:
    """Return the table of all current figures of the region, newest first, each with its origin.

    `older` is what stands below it: the versions that were replaced.
    """
    several = len(story.own) > 1
    value = "value" if story.indicator.direction != "none" else "value_plain"
    names = [COLUMNS[0], "series", *COLUMNS[1:]] if several else list(COLUMNS)
    head = [t(f"indicator.col_{value if name == 'value' else name}", lang) for name in names]
    points = sorted((p for line in story.own for p in line.points), key=lambda p: p.shown.period, reverse=True)
    rows = [row for point in points for row in _rows(story, point, catalogue, lang, several)]
    title = t("indicator.every_figure", lang)
    body = table(title, head, rows, numeric={head.index(t(f"indicator.col_{value}", lang))}, cards=True)
    sub = t("indicator.every_figure_sub", lang, count=len(rows))
    return card(title, [body, *([older] if older else [])], sub=sub, id=ids.FIGURES)


def _rows(story: Story, point: Point, catalogue: Catalogue, lang: Lang, several: bool) -> list[list[Cell]]:
    rows = []
    for each in (point.shown, *point.others):
        cells: list[Cell] = [
            period(each.period.code, lang),
            _value(story, each, lang),
            _state(point, each, catalogue, lang),
            source_link(catalogue, each, lang),
            place(each, lang),
            date(each.recorded_at, lang, short=True),
            str(each.version),
        ]
        series = series_name(story.indicator, each.series, lang) or each.series
        rows.append([cells[0], series, *cells[1:]] if several else cells)
    return rows


def _value(story: Story, observation: Observation, lang: Lang) -> Cell:
    text = shown(story.indicator, observation, lang)
    if observation.value is None or _same_digits(story, observation):
        return text
    return [text, html.Small(t("indicator.printed", lang, printed=as_printed(story.indicator, observation, lang)))]


def _same_digits(story: Story, observation: Observation) -> bool:
    """Tell whether the text shown has the digits the source printed, so that nothing more needs saying."""
    try:
        printed = Decimal(observation.printed.replace(",", "."))
    except InvalidOperation:
        return False
    return printed == rounded(observation.value or 0, digits(story.indicator, observation.step))


def _state(point: Point, observation: Observation, catalogue: Catalogue, lang: Lang) -> Component:
    if observation is point.shown:
        words: list[tuple[str, Tone]] = [(t("indicator.shown", lang), "plain")]
    else:
        why = reason(point.shown, observation, catalogue)
        words = [(t(f"indicator.{why}", lang), STATE_TONES.get(why, "plain"))]
    if observation.status != "final":
        words.append((t(f"indicator.status_{observation.status}", lang), "info"))
    marks = sorted(told_marks(catalogue, observation) - QUIET_MARKS)
    words += [(t(f"indicator.{SHORT_MARKS.get(mark, mark)}", lang), "info") for mark in marks]
    badges = [badge(text, tone) for text, tone in words]
    return html.Span(badges, className="pt-badges", title=observation.note or "")


def source_link(catalogue: Catalogue, observation: Observation, lang: Lang) -> Component:
    """Return who made a figure, the kind of source, and the publication's title, linked where it has an address."""
    kind = kind_word(source_kind(catalogue, observation.publication), lang)
    who = f"{cited(catalogue, observation, lang)} · {kind}"
    found = catalogue.publication.get(observation.publication)
    if found is None:
        return html.Span(who)
    if not found.url.startswith("http"):
        return html.Span([found.title, html.Small(who)])
    link = html.A(found.title, href=found.url, rel="noreferrer noopener", target="_blank")
    return html.Span([link, html.Small(who)])


def place(observation: Observation, lang: Lang) -> str:
    """Return the file, sheet and row a figure stands in."""
    spot = observation.place
    file = spot.file.rsplit("/", 1)[-1]
    if spot.sheet:
        return t("indicator.row_sheet", lang, file=file, sheet=spot.sheet, row=spot.row)
    return t("indicator.row", lang, file=file, row=spot.row)


def plans(story: Story, lang: Lang) -> Component | None:
    """Return the table of targets and statements with what each is used for; None without any."""
    if not story.targets:
        return None
    head = [t(f"indicator.col_{name}", lang) for name in ("period", "target", "document", "use")]
    rows = [_plan_row(story, each, lang) for each in story.targets]
    title = t("indicator.plans", lang)
    return card(title, [table(title, head, rows, numeric={1}, cards=True)], sub=t("indicator.plans_sub", lang))


def _plan_row(story: Story, target: EffectiveTarget, lang: Lang) -> Sequence[Cell]:
    document = f"{target.kind} · {target.document}" if target.kind not in target.document else target.document
    linked = target.source.startswith("http")
    notes = [target.page or "", t("indicator.derived", lang) if target.derived else ""]
    under = html.Small(" · ".join(note for note in notes if note))
    title = html.A(document, href=target.source, rel="noreferrer noopener", target="_blank") if linked else document
    return [
        period(target.period.code, lang),
        target_text(story.indicator, target, lang),
        html.Span([title, under]),
        t(f"indicator.use_{target.state}", lang),
    ]
