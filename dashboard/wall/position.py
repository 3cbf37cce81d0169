"""A position as a wall writes it: its number where it has a word, else its range alone."""

from __future__ import annotations

from dashboard.components.band import position_words
from dashboard.language import number, t
from dashboard.urls import Lang
from dashboard.wall.view import View
from etl.catalogue.models import METHOD
from etl.measures.observation import DimensionScore


def position_value(score: DimensionScore, lang: Lang) -> str:
    """Return the position; its range alone where it has no word; nothing where the figures are too few."""
    if score.score is None:
        return ""
    if score.position is not None or score.method != METHOD:
        return number(score.score, 1, lang)
    return f"{number(score.low, 0, lang)}–{number(score.high, 0, lang)}"


def position_word(view: View, score: DimensionScore) -> str:
    """Return the word beside it: of the position, of a range, or of the earlier method that it was computed by."""
    if score.score is None:
        return ""
    if score.method != METHOD:
        return t("home.method", view.lang, method=score.method)
    if score.position is None:
        return t("wall.range_only", view.lang)
    return position_words(view.catalogue, score.position, view.lang)
