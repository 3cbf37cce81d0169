"""The three regencies side by side: each score with its interval; a place only where no two intervals meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from dashboard.language import number, t
from dashboard.wall import leaves
from dashboard.wall.content import Cell, Comparison, Sentence, WallScene
from dashboard.wall.disputes import is_disputed, keys_in
from dashboard.wall.periods import age_of
from dashboard.wall.sentence import sentence_of, spoken_of
from dashboard.wall.view import StagedScene, View
from etl.catalogue.models import Dimension
from etl.catalogue.reference import Region
from etl.measures.observation import DimensionScore
from etl.measures.scoring import rank

FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Compared:
    """One dimension in every regency that has a score tree for the period, by region."""

    dimension: Dimension
    scores: Mapping[str, DimensionScore]
    disputed: frozenset[str]
    places: Mapping[str, int]
    withheld: str  # key of the reason why there are no places


def build(view: View) -> WallScene | None:
    """Return the scene; None where fewer than two regencies have any score for the home's period."""
    columns = sorted(view.page.regencies, key=lambda each: each.code != view.region)
    compared = [_compare(view, each, columns) for each in view.catalogue.dimensions]
    scored = {code for each in compared for code, score in each.scores.items() if _may_show(view, each, score)}
    if len(scored) < FEWEST:
        return None
    rows = [_comparison(view, each, columns) for each in compared]
    sentence = _sentence(view, compared, columns)
    shown = [score for each in compared for score in each.scores.values() if _may_show(view, each, score)]
    age = age_of(view, leaves.figures_of(view, shown))
    title = t("wall.regencies", view.lang)
    return {
        "id": "regencies",
        "kind": "table",
        "title": title,
        "sub": t("wall.regencies_sub", view.lang, period=view.period),
        "worse": 0,
        "note": age["note"],
        "received": age["received"],
        "late": age["late"],
        "sentence": sentence,
        "spoken": spoken_of(f"{title}, {view.period}", [_speech(each, columns) for each in rows], sentence),
        "columns": [{"name": each.short, "home": each.code == view.region} for each in columns],
        "comparisons": rows,
    }


def _compare(view: View, dimension: Dimension, columns: Sequence[Region]) -> _Compared:
    codes = tuple(each.code for each in columns)
    reader, vintage = view.page.reader, view.page.vintage
    found = reader.scores(vintage, regions=codes, period=view.period, dimension=dimension.id) if view.period else []
    scores = {each.region: each for each in found}
    disputed = frozenset(code for code, score in scores.items() if is_disputed(score, keys_in(view, code)))
    places = {code: place for code, place in rank(found).items() if place is not None}
    withheld = _withheld(codes, scores, disputed, places)
    return _Compared(dimension, scores, disputed, {} if withheld else places, withheld)


def _withheld(
    codes: Sequence[str], scores: Mapping[str, DimensionScore], disputed: frozenset[str], places: Mapping[str, int]
) -> str:
    """Return why no regency gets a place; empty where all do."""
    if any(code not in scores or scores[code].score is None for code in codes):
        return "rank_missing"
    if disputed:
        return "rank_disputed"
    return "" if len(places) == len(codes) else "rank_overlap"


def _may_show(view: View, compared: _Compared, score: DimensionScore) -> bool:
    return score.score is not None and not (view.guest and score.region in compared.disputed)


def _comparison(view: View, compared: _Compared, columns: Sequence[Region]) -> Comparison:
    anyone = any(each.score is not None for each in compared.scores.values())
    why = "rank_guest" if view.guest and compared.withheld == "rank_disputed" else compared.withheld
    return {
        "name": compared.dimension.name.get(view.lang),
        "cells": [_cell(view, compared, each.code) for each in columns],
        "note": t(f"wall.{why}", view.lang) if why and anyone else "",
    }


def _cell(view: View, compared: _Compared, code: str) -> Cell:
    lang, score = view.lang, compared.scores.get(code)
    if score is None or score.score is None or score.band is None:
        return _empty(t("wall.too_little", lang))
    if not _may_show(view, compared, score):
        return _empty(t("wall.not_shown", lang))
    return {
        "value": number(score.score, 1, lang),
        "none": "",
        "band": score.band,
        "place": str(compared.places[code]) if code in compared.places else "",
        "low": _share(score.low),
        "at": _share(score.score),
        "high": _share(score.high),
        "two": t("wall.two", lang) if code in compared.disputed else "",
    }


def _empty(why: str) -> Cell:
    return {"value": "", "none": why, "band": 0, "place": "", "low": None, "at": None, "high": None, "two": ""}


def _share(value: Fraction) -> float:
    return round(float(value / 100), 4)


def _sentence(view: View, compared: Sequence[_Compared], columns: Sequence[Region]) -> Sentence | None:
    """Say where the home regency stands last, else where it stands first, else that nothing can be ranked."""
    ranked = [each for each in compared if view.region in each.places]
    lang, home = view.lang, view.page.region.short
    if not ranked:
        texts = [t(f"wall.{key}", lang, period=view.period) for key in ("unranked", "unranked_short")]
        return sentence_of(view, t("wall.unranked_lead", lang), "plain", texts, None)
    worst = max(ranked, key=lambda each: (each.places[view.region], -(each.scores[view.region].score or 0)))
    place, score = worst.places[view.region], worst.scores[view.region]
    value = f"{home} {number(score.score or 0, 1, lang)} ({score.period})"
    name = worst.dimension.name.get(lang)
    subjects = [f"{name}, {value}", name]
    if place == len(columns):
        indicator = leaves.heaviest(view, score)
        explained = leaves.explained(view, subjects, indicator)
        return sentence_of(view, t("wall.last_lead", lang), "bad", explained, indicator)
    if place == 1:
        return sentence_of(view, t("wall.first_lead", lang), "good", subjects, None)
    said = t("wall.place_of", lang, place=place, of=len(columns))
    return sentence_of(view, t("wall.place_lead", lang), "plain", [f"{each}, {said}" for each in subjects], None)


def _speech(row: Comparison, columns: Sequence[Region]) -> str:
    cells = [_heard(column.short, cell) for column, cell in zip(columns, row["cells"], strict=True)]
    return ", ".join(each for each in (f"{row['name']}: {', '.join(cells)}", row["note"]) if each)


def _heard(name: str, cell: Cell) -> str:
    parts = [f"{name} {cell['value'] or cell['none']}", cell["two"]]
    return " ".join(each for each in parts if each)


SCENE = StagedScene("kabupaten", "regencies", partial(t, "wall_setup.scene_kabupaten"), build)
