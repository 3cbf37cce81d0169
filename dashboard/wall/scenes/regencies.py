"""The three regencies side by side: each position with its range; a place only where no two ranges meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from dashboard.language import t
from dashboard.wall import leaves
from dashboard.wall.content import Cell, Comparison, Sentence, WallScene
from dashboard.wall.disputes import is_disputed, keys_in
from dashboard.wall.periods import age_of
from dashboard.wall.position import position_value
from dashboard.wall.sentence import sentence_of, spoken_of
from dashboard.wall.view import StagedScene, View
from etl.catalogue.models import Dimension
from etl.catalogue.reference import Region
from etl.measures.observation import DimensionScore
from etl.measures.scoring import places

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
    told = {code: place for code, place in places(found).items() if place is not None}
    withheld = _withheld(codes, scores, disputed, told)
    return _Compared(dimension, scores, disputed, {} if withheld else told, withheld)


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
    if score is None or score.score is None:
        return _empty(t("wall.too_little", lang))
    if not _may_show(view, compared, score):
        return _empty(t("wall.not_shown", lang))
    return {
        "value": position_value(score, lang),
        "none": "",
        "position": score.position or 0,
        "place": str(compared.places[code]) if code in compared.places else "",
        "low": _share(score.low),
        "at": None if score.position is None else _share(score.score),
        "high": _share(score.high),
        "two": t("wall.two", lang) if code in compared.disputed else "",
    }


def _empty(why: str) -> Cell:
    return {"value": "", "none": why, "position": 0, "place": "", "low": None, "at": None, "high": None, "two": ""}


def _share(value: Fraction) -> float:
    return round(float(value / 100), 4)


def _sentence(view: View, compared: Sequence[_Compared], columns: Sequence[Region]) -> Sentence | None:
    """Say the home regency's place where one can be told, on shared indicators alone; else that none can."""
    ranked = [each for each in compared if view.region in each.places]
    lang, home = view.lang, view.page.region.short
    if not ranked:
        texts = [t(f"wall.{key}", lang, period=view.period) for key in ("unranked", "unranked_short")]
        return sentence_of(view, t("wall.unranked_lead", lang), "plain", texts, None)
    first = max(ranked, key=lambda each: each.scores[view.region].coverage)
    place, score = first.places[view.region], first.scores[view.region]
    said = t("wall.place_of", lang, place=place, of=len(columns))
    name = first.dimension.name.get(lang)
    subjects = [f"{name}, {home} {position_value(score, lang)} ({score.period})", name]
    return sentence_of(view, t("wall.place_lead", lang), "plain", [f"{each}, {said}" for each in subjects], None)


def _speech(row: Comparison, columns: Sequence[Region]) -> str:
    cells = [_heard(column.short, cell) for column, cell in zip(columns, row["cells"], strict=True)]
    return ", ".join(each for each in (f"{row['name']}: {', '.join(cells)}", row["note"]) if each)


def _heard(name: str, cell: Cell) -> str:
    parts = [f"{name} {cell['value'] or cell['none']}", cell["two"]]
    return " ".join(each for each in parts if each)


SCENE = StagedScene("kabupaten", "regencies", partial(t, "wall_setup.scene_kabupaten"), build)
