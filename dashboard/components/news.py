"""What contradicts, what changed, how old it is."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard import ids, urls
from dashboard.citation import cited
from dashboard.components.badges import badge
from dashboard.components.cards import Content, card, definitions, fold
from dashboard.components.warnings import by_value
from dashboard.formatting import marked, part_words, series_name, shown, told_apart
from dashboard.language import date, moment, period, t
from dashboard.urls import State, href, indicator_path
from etl.catalogue.models import Catalogue
from etl.catalogue.period import from_code
from etl.measures.conflict import sides
from etl.measures.observation import Contest, DimensionScore, Leaf, Observation, Vintage

SHORT = 6


def plain_list(items: Sequence[Component]) -> Component:
    """Return a list without signs; it is read as a list all the same."""
    return html.Ul(list(items), className="pt-plain", role="list")


def conflicts(found: Sequence[Contest], catalogue: Catalogue, region: str, state: State) -> Component:
    """Return the card of unsettled contradictions, newest periods first; the rest is one click away."""
    lang = state.lang
    title, everything = t("home.conflicts", lang), html.A(t("home.all_conflicts", lang), href=href(urls.SOURCES, state))
    if not found:
        return card(title, [html.P(t("home.conflicts_none", lang, region=region)), everything], id=ids.CONFLICTS)
    ordered = sorted(found, key=lambda each: (from_code(each.period).end, each.bands_differ), reverse=True)
    items = [_conflict(each, catalogue, state) for each in ordered]
    rest = [fold(t("home.more", lang, count=len(items) - SHORT), [plain_list(items[SHORT:])])] if items[SHORT:] else []
    sub = t("home.conflicts_sub", lang, count=len(found), region=region)
    return card(title, [plain_list(items[:SHORT]), *rest, everything], sub=sub, id=ids.CONFLICTS)


def _conflict(contest: Contest, catalogue: Catalogue, state: State) -> Component:
    lang, indicator = state.lang, catalogue.indicator[contest.indicator]
    link = html.A(indicator.short.get(lang), href=href(indicator_path(indicator.id), state))
    first, *rivals = sides(contest, catalogue)
    aside = first is not contest.shown
    others = [
        t("home.conflict_other", lang, value=value, source=", ".join(sources))
        for value, sources in by_value(indicator, [first, *rivals] if aside else rivals, catalogue, lang).items()
    ]
    text = t(
        "home.conflict_aside" if aside else "home.conflict_line",
        lang,
        series=series_name(indicator, first.series, lang),
        shown=shown(indicator, contest.shown, lang),
        source=cited(catalogue, contest.shown, lang),
        others="; ".join(others),
    )
    flag: list[Content] = [" ", badge(t("home.disputed", lang), "warn")] if contest.bands_differ else []
    part = part_words(indicator, contest.shown.series, lang)
    return html.Li([link, f"{part} {period(contest.period, lang)}", *flag, html.Small(text)])


def changes(
    found: Sequence[tuple[Observation, Observation]],
    youngest: Sequence[Observation],
    catalogue: Catalogue,
    vintage: Vintage,
    state: State,
) -> Component:
    """Return the card of new versions; before any revision it shows the figures of the youngest periods."""
    lang = state.lang
    title = t("home.changes", lang)
    if found:
        items = [_change(new, old, catalogue, state) for new, old in found]
        return card(title, [plain_list(items)], sub=t("home.changes_sub", lang), id=ids.CHANGES)
    content: list[Content] = [
        html.P(t("home.changes_none", lang)),
        html.P(t("home.changes_first", lang, when=moment(vintage.recorded_at, lang)), className="pt-mute"),
    ]
    if youngest:
        content += [
            html.H3(t("home.latest_figures", lang), className="pt-part"),
            plain_list([_figure(o, catalogue, state) for o in youngest]),
        ]
    return card(title, content, id=ids.CHANGES)


def _change(new: Observation, old: Observation, catalogue: Catalogue, state: State) -> Component:
    lang, indicator = state.lang, catalogue.indicator[new.indicator]
    link = html.A(indicator.short.get(lang), href=href(indicator_path(indicator.id), state))
    newer, older = told_apart(indicator, new, old, lang)
    text = t("home.change_line", lang, old=older, new=newer, when=date(new.recorded_at, lang))
    part = part_words(indicator, new.series, lang)
    return html.Li(
        [link, f"{part} {period(new.period.code, lang)}", html.Small(f"{text} · {cited(catalogue, new, lang)}")]
    )


def _figure(figure: Observation, catalogue: Catalogue, state: State) -> Component:
    lang, indicator = state.lang, catalogue.indicator[figure.indicator]
    link = html.A(indicator.short.get(lang), href=href(indicator_path(indicator.id), state))
    under = f"{period(figure.period.code, lang)} · {cited(catalogue, figure, lang)}"
    part = part_words(indicator, figure.series, lang)
    return html.Li([link, f"{part} ", html.B(marked(indicator, figure, lang)), html.Small(under)])


def ages(
    scores: Sequence[DimensionScore], catalogue: Catalogue, vintage: Vintage, asked: str, state: State
) -> Component:
    """Return the card of ages: oldest and youngest period in the scores, what is out of date, receipt, seal."""
    lang = state.lang
    leaves = [leaf for score in scores for leaf in score.leaves]
    counted = sorted(
        (from_code(leaf.period), leaf.indicator) for leaf in leaves if leaf.score is not None and leaf.period
    )
    expired = [leaf for leaf in leaves if leaf.absence == "expired"]
    pairs: list[tuple[str, Content | Sequence[Content]]] = []
    for key, at in (("oldest", 0), ("youngest", -1)) if counted else ():
        span, indicator = counted[at]
        name = catalogue.indicator[indicator].short.get(lang)
        link = html.A(name, href=href(indicator_path(indicator), state))
        pairs.append((t(f"home.{key}", lang), [f"{period(span.code, lang)} · ", link]))
    late: list[Content] = [t("home.overdue_count", lang, count=len(expired), total=len(leaves))]
    late += [html.Ul([_late(leaf, catalogue, state) for leaf in expired], className="pt-late")] if expired else []
    past = [leaf for leaf in leaves if leaf.late and leaf.score is not None]
    waiting: list[Content] = [t("home.overdue_count", lang, count=len(past), total=len(leaves))]
    waiting += [html.Ul([_late(leaf, catalogue, state) for leaf in past], className="pt-late")] if past else []
    pairs += [
        (t("home.counted_late", lang), waiting),
        (t("home.overdue", lang), late),
        (t("home.received", lang), moment(vintage.recorded_at, lang)),
        (t("home.seal", lang), html.Code(vintage.seal[:8])),
    ]
    return card(t("home.age_card", lang), [definitions(pairs)], sub=t("home.age_sub", lang, period=asked), id=ids.AGE)


def _late(leaf: Leaf, catalogue: Catalogue, state: State) -> Component:
    indicator = catalogue.indicator[leaf.indicator]
    when = f" · {period(leaf.period, state.lang)}" if leaf.period else ""
    if indicator.access != "publik":
        return html.Li(t("home.internal", state.lang))
    return html.Li([html.A(indicator.short.get(state.lang), href=href(indicator_path(indicator.id), state)), when])
