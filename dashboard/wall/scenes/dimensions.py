"""The six dimensions: each its position or range, or how little there is, and its leading figure; never compared."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from dashboard import page_queries
from dashboard.formatting import part_words, shown
from dashboard.indicator_story import Story
from dashboard.language import t
from dashboard.wall import leaves
from dashboard.wall.content import Sentence, Tile, WallScene
from dashboard.wall.disputes import is_disputed, keys_in
from dashboard.wall.periods import age_of, dated, is_expired
from dashboard.wall.position import position_value, position_word
from dashboard.wall.sentence import sentence_of, spoken_of
from dashboard.wall.view import StagedScene, View
from etl.catalogue.models import Dimension
from etl.measures.observation import DimensionScore


def build(view: View) -> WallScene | None:
    """Return the scene; None where no dimension has a single figure."""
    keys = keys_in(view, view.region)
    disputed = {each.dimension for each in view.scores.values() if is_disputed(each, keys)}
    known = [each for each in view.catalogue.dimensions if each.id in view.scores]
    shown = [each for each in known if not (view.guest and each.id in disputed)]
    scores = [view.scores[each.id] for each in shown]
    if not any(each.present for each in scores):
        return None
    leads = {each.id: _lead(view, each) for each in shown}
    tiles = [_tile(view, each, leads[each.id], each.id in disputed) for each in shown]
    sentence = _sentence(view, scores)
    led = [each.latest.shown for each in leads.values() if each and each.latest]
    age = age_of(view, [*leaves.figures_of(view, scores), *led])
    title = t("wall.title", view.lang, region=view.page.region.short)
    return {
        "id": "dimensions",
        "kind": "tiles",
        "title": title,
        "sub": t("wall.dimensions_sub", view.lang, period=view.period),
        "worse": 0,  # a position is no judgement
        "note": age["note"],
        "received": age["received"],
        "late": age["late"],
        "sentence": sentence,
        "spoken": spoken_of(f"{title} {view.period}", [_speech(each) for each in tiles], sentence),
        "tiles": tiles,
    }


def _tile(view: View, dimension: Dimension, lead: Story | None, disputed: bool) -> Tile:
    lang, score = view.lang, view.scores[dimension.id]
    return {
        "name": dimension.name.get(lang),
        "value": position_value(score, lang),
        "position": score.position or 0,
        "word": position_word(view, score),
        "lead": _lead_words(view, lead) if lead else "",
        "two": t("wall.two", lang) if disputed else "",
        "none": "" if score.score is not None else t("wall.too_little", lang),
        "have": t("wall.have", lang, present=score.present, total=score.total),
        "period": score.period,
    }


def _sentence(view: View, scores: Sequence[DimensionScore]) -> Sentence | None:
    """Say how many dimensions have a position; none is set above or below another."""
    worded = sum(each.position is not None for each in scores)
    ranged = sum(each.score is not None for each in scores) - worded
    words = {"worded": worded, "ranged": ranged, "rest": len(scores) - worded - ranged, "total": len(scores)}
    texts = [t(f"wall.{key}", view.lang, **words) for key in ("positions", "positions_short")]
    return sentence_of(view, t("wall.positions_lead", view.lang), "plain", texts, None)


def _lead(view: View, dimension: Dimension) -> Story | None:
    """Return the first lead that has a figure, one too old only where no other has; for guests one undisputed."""
    leads = page_queries.lead_stories(view.page, dimension, len(dimension.leads))
    known = [(each, each.latest) for each in leads if each.latest and not (view.guest and each.latest.rivals)]
    fresh = [story for story, latest in known if not is_expired(view, latest.shown)]
    return next(iter(fresh or [story for story, _ in known]), None)


def _lead_words(view: View, story: Story) -> str:
    """Say a lead's figure with its series where it is not the usual one, its period and what makes it weak or old."""
    if story.latest is None:
        return ""
    lang, figure = view.lang, story.latest.shown
    name = story.indicator.short.get(lang) + part_words(story.indicator, figure.series, lang)
    value = shown(story.indicator, figure, lang)
    return t("wall.lead", lang, name=name, value=value, period=", ".join(dated(view, story.latest)))


def _speech(tile: Tile) -> str:
    said = [f"{tile['name']}: {tile['none']}", tile["have"]]
    if tile["value"]:
        said = [f"{tile['name']} {tile['value']}", tile["word"], tile["two"]]
    return ", ".join(each for each in (*said, tile["lead"]) if each)


SCENE = StagedScene("dimensi", "dimensions", partial(t, "wall_setup.scene_dimensi"), build)
