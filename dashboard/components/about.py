"""The side card of an indicator: what it is, who makes it, how fresh, how scored."""

from __future__ import annotations

from fractions import Fraction

from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.cards import Content, card, definitions
from dashboard.formatting import unit_words
from dashboard.indicator_story import Story
from dashboard.language import amount, number, percent, period, t
from dashboard.urls import Lang
from etl.catalogue.models import Catalogue, Indicator, Office
from etl.measures.observation import Leaf
from etl.measures.valuation import locate, placed_value


def about(story: Story, catalogue: Catalogue, leaf: Leaf | None, lang: Lang) -> Component:
    """Return the card; `leaf` is the indicator's place in the score tree, None where it is not scored."""
    indicator = story.indicator
    pairs: list[tuple[str, Content | list[Content]]] = [
        ("definition", indicator.definition.get(lang)),
        ("unit_term", unit_words(indicator, lang)),
        ("direction", t(f"indicator.{indicator.direction}", lang)),
        ("frequency", t(f"indicator.{indicator.frequency}", lang)),
        ("producer", producer_name(catalogue, indicator)),
        ("office", office_name(catalogue, indicator, story.region) or t("indicator.office_none", lang)),
    ]
    if story.freshness:
        pairs.append(("freshness", story.freshness.sentence.get(lang)))
    pairs.append(("basis", basis(indicator, lang)))
    pairs += _place(story, lang)
    if leaf is not None:
        pairs.append(("weight", _weight(catalogue, indicator, leaf.weight, lang)))
    if len(indicator.series) > 1:
        pairs.append(("series_term", "; ".join(each.name.get(lang) for each in indicator.series)))
    return card(
        t("indicator.about", lang),
        [definitions([(t(f"indicator.{key}", lang), text) for key, text in pairs])],
        id=ids.ABOUT,
    )


def producer_name(catalogue: Catalogue, indicator: Indicator) -> str:
    """Return who makes the figures."""
    return next((each.name for each in catalogue.producers if each.id == indicator.producer), indicator.producer)


def office_name(catalogue: Catalogue, indicator: Indicator, region: str) -> str | None:
    """Return the name of the office responsible for the matter in a region; None where the catalogue names none."""
    office = office_of(catalogue, indicator, region)
    return office.name if office else None


def office_of(catalogue: Catalogue, indicator: Indicator, region: str) -> Office | None:
    """Return the office responsible for the matter in a region; None where the catalogue names none."""
    urusan = next((each for each in catalogue.urusan if each.id == indicator.urusan), None)
    office = urusan.offices.get(region) if urusan else None
    return next((each for each in catalogue.offices if (each.region, each.id) == (region, office)), None)


def basis(indicator: Indicator, lang: Lang) -> str:
    """Say how the indicator is scored where no target is due."""
    if indicator.role != "core":
        return t("indicator.basis_supporting", lang)
    reference = indicator.score.reference if indicator.score else None
    categories = indicator.score.categories if indicator.score else None
    if reference:
        worst, best = (
            amount(each, indicator.decimals, indicator.unit, lang) for each in (reference.worst, reference.best)
        )
        return t("indicator.basis_reference", lang, worst=worst, best=best, scope=reference.scope, base=reference.base)
    if categories:
        return t("indicator.basis_categories", lang, order=" < ".join(categories.order))
    waits = indicator.score.waits if indicator.score else None
    return waits.get(lang) if waits else t("indicator.basis_none", lang)


def _place(story: Story, lang: Lang) -> list[tuple[str, Content | list[Content]]]:
    worth = locate(story.indicator, placed_value(story.latest.shown)).score if story.latest else None
    if worth is None or story.latest is None or story.indicator.role != "core":
        return []
    when = period(story.latest.shown.period.code, lang)
    return [("own_score", t("indicator.own_score_text", lang, score=number(worth, 1, lang), period=when))]


def _weight(catalogue: Catalogue, indicator: Indicator, share: Fraction, lang: Lang) -> str:
    dimension = dimension_of(catalogue, indicator)
    return t("indicator.weight_text", lang, share=percent(share * 100, 1, lang), dimension=dimension)


def dimension_of(catalogue: Catalogue, indicator: Indicator) -> str:
    """Return the name of the dimension an indicator belongs to."""
    return next(
        (
            each.name.id
            for each in catalogue.dimensions
            for sub in each.subdimensions
            if sub.id == indicator.subdimension
        ),
        "",
    )
