"""The six dimensions: each its score with band and change, or how little there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from dashboard import page_queries
from dashboard.components.band import band_word
from dashboard.components.tiles import change_size
from dashboard.language import number, t
from dashboard.wall import leaves, moves
from dashboard.wall.content import Sentence, Tile, Tone, WallScene
from dashboard.wall.disputes import is_disputed, keys_in
from dashboard.wall.periods import age_of
from dashboard.wall.sentence import sentence_of, spoken_of
from dashboard.wall.view import StagedScene, View
from etl.catalogue.models import Dimension
from etl.measures.observation import Change, DimensionScore

LOW, HIGH = 2, 4  # bands up to which a score is bad, and from which it is good


@dataclass(frozen=True, slots=True)
class _Scored:
    """A dimension that has a score."""

    name: str
    score: DimensionScore
    value: Fraction
    band: int
    change: Change | None  # never of a disputed score, nor from one
    disputed: bool


def build(view: View) -> WallScene | None:
    """Return the scene; None where no dimension has a single figure."""
    keys = keys_in(view, view.region)
    disputed = {each.dimension for each in view.scores.values() if is_disputed(each, keys)}
    known = [each for each in view.catalogue.dimensions if each.id in view.scores]
    shown = [each for each in known if not (view.guest and each.id in disputed)]
    scores = [view.scores[each.id] for each in shown]
    if not any(each.present for each in scores):
        return None
    tiles = [_tile(view, each, each.id in disputed) for each in shown]
    scored = [_scored(view, each, each.id in disputed) for each in shown]
    sentence = _sentence(view, [each for each in scored if each is not None])
    age = age_of(view, leaves.figures_of(view, scores))
    title = t("wall.title", view.lang, region=view.page.region.short)
    return {
        "id": "dimensions",
        "kind": "tiles",
        "title": title,
        "sub": t("wall.dimensions_sub", view.lang, period=view.period),
        "worse": sum(each["change"] is not None and each["change"]["tone"] == "bad" for each in tiles),
        "note": age["note"],
        "received": age["received"],
        "late": age["late"],
        "sentence": sentence,
        "spoken": spoken_of(f"{title} {view.period}", [_speech(each) for each in tiles], sentence),
        "tiles": tiles,
    }


def _scored(view: View, dimension: Dimension, disputed: bool) -> _Scored | None:
    score = view.scores[dimension.id]
    if score.score is None or score.band is None:
        return None
    change = None if disputed else _settled(view, view.changes.get(dimension.id), dimension)
    return _Scored(dimension.name.get(view.lang), score, score.score, score.band, change, disputed)


def _settled(view: View, change: Change | None, dimension: Dimension) -> Change | None:
    """Return a change where the earlier score stands on undisputed figures."""
    before = page_queries.scores_of(view.page, change.since).get(dimension.id) if change else None
    return None if before is None or is_disputed(before, keys_in(view, view.region)) else change


def _change_none(view: View, dimension: Dimension) -> str:
    """Say why no change is drawn; guests are told of no dispute."""
    withheld = dimension.id in view.changes and not view.guest
    return t("wall.change_unsure" if withheld else "wall.change_first", view.lang)


def _tile(view: View, dimension: Dimension, disputed: bool) -> Tile:
    lang, score, scored = view.lang, view.scores[dimension.id], _scored(view, dimension, disputed)
    change = moves.of_score(scored.change, lang) if scored and scored.change else None
    return {
        "name": dimension.name.get(lang),
        "value": number(scored.value, 1, lang) if scored else "",
        "band": scored.band if scored else 0,
        "word": band_word(view.catalogue, scored.band, "score", lang) if scored else "",
        "change": change,
        "change_none": _change_none(view, dimension) if scored and not change else "",
        "two": t("wall.two", lang) if disputed else "",
        "none": "" if scored else t("wall.too_little", lang),
        "have": t("wall.have", lang, present=score.present, total=score.total),
        "period": score.period,
    }


def _sentence(view: View, scored: Sequence[_Scored]) -> Sentence | None:
    """Say which fell most; else which is lowest, where that is low; else which is highest."""
    if not scored:
        return None
    fell = max(scored, key=_loss)
    if fell.change is not None and _loss(fell) > 0:
        indicator = leaves.fallen(view, fell.score, fell.change.since)
        size = t("shell.points", view.lang, number=change_size(fell.change, view.lang))
        long = f"{fell.name}, {size} {t('wall.since', view.lang, since=fell.change.since)}"
        subjects = leaves.explained(view, [long, fell.name], indicator)
        return sentence_of(view, t("wall.down_lead", view.lang), "bad", subjects, indicator)
    low = min(scored, key=lambda each: each.value)
    if low.band <= LOW:
        indicator = leaves.heaviest(view, low.score)
        return sentence_of(view, t("wall.low_lead", view.lang), "bad", _standing(view, low, indicator), indicator)
    best = max(scored, key=lambda each: each.value)
    tone: Tone = "good" if best.band >= HIGH else "plain"
    return sentence_of(view, t("wall.best_lead", view.lang), tone, _standing(view, best, None), None)


def _loss(scored: _Scored) -> Fraction:
    return -scored.change.difference if scored.change else Fraction(0)


def _standing(view: View, scored: _Scored, indicator: leaves.Named) -> list[str]:
    dated = ", ".join([scored.score.period, *([t("wall.two", view.lang)] if scored.disputed else [])])
    long = f"{scored.name} {number(scored.value, 1, view.lang)} ({dated})"
    return leaves.explained(view, [long, scored.name], indicator)


def _speech(tile: Tile) -> str:
    if not tile["value"]:
        return f"{tile['name']}: {tile['none']}, {tile['have']}"
    change = f"{tile['change']['text']} {tile['change']['since']}" if tile["change"] else tile["change_none"]
    parts = [f"{tile['name']} {tile['value']}", tile["word"], change, tile["two"]]
    return ", ".join(each for each in parts if each)


SCENE = StagedScene("dimensi", "dimensions", partial(t, "wall_setup.scene_dimensi"), build)
