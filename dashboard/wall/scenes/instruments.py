"""SPBE and Pemdi: number, predicate by the rule, broken line. Nothing is converted from one into the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from dashboard.formatting import shown
from dashboard.indicator_story import Point, Story
from dashboard.language import t
from dashboard.urls import Lang
from dashboard.wall import moves
from dashboard.wall.content import Index, Sentence, Tone, WallScene
from dashboard.wall.disputes import keys_of
from dashboard.wall.periods import age_of, dated, flags_of, is_expired
from dashboard.wall.plot import cuts_of, drawn, lines_of, word
from dashboard.wall.sentence import sentence_of, spoken_of
from dashboard.wall.view import StagedScene, View
from etl.catalogue.reference import Instrument, Scheme, Text
from etl.measures.achievement import band
from etl.measures.instrument import instrument_for, predicate_contradiction
from etl.measures.observation import Observation

INDICES = ("spbe", "pemdi")
LOW = 2  # predicates up to this one are bad


@dataclass(frozen=True, slots=True)
class _Told:
    """An index with its story, its instrument now in force, and what the sources have printed beside it."""

    story: Story
    instrument: Instrument | None
    scheme: Scheme | None
    printed: tuple[Observation, ...]


def build(view: View) -> WallScene | None:
    """Return the scene; None where neither index has a value that may be shown."""
    told = [_tell(view, each) for each in INDICES if each in view.catalogue.public]
    told = [each for each in told if not (view.guest and each.story.latest and each.story.latest.rivals)]
    latest = [each.story.latest.shown for each in told if each.story.latest is not None]
    if not latest:
        return None
    indices = [_index(view, each) for each in told]
    sentence = _sentence(view, told)
    history = [point.shown for each in told for line in each.story.own for point in drawn(view, line)]
    age = age_of(view, latest, history)
    title = t("wall.instruments", view.lang, region=view.page.region.short)
    return {
        "id": "instruments",
        "kind": "indices",
        "title": title,
        "sub": _sub(view, told),
        "worse": sum(each["change"] is not None and each["change"]["tone"] == "bad" for each in indices),
        "note": age["note"],
        "received": age["received"],
        "late": age["late"],
        "sentence": sentence,
        "spoken": spoken_of(title, [_speech(each) for each in indices], sentence),
        "indices": indices,
    }


def _tell(view: View, code: str) -> _Told:
    story = view.story(view.catalogue.indicator[code])
    year = story.latest.shown.period.end.year if story.latest else view.today.year
    instrument = instrument_for(view.catalogue, code, year)
    predicates = f"{code}-predicate"
    known = predicates in view.catalogue.public
    words = view.page.reader.series(view.page.vintage, predicates, (view.region,)) if known else []
    unsettled = keys_of(view.conflicts)  # of two words none is "the printed one"
    printed = tuple(each for each in words if (predicates, each.series, each.period.code) not in unsettled)
    return _Told(story, instrument, view.catalogue.scheme[instrument.scheme] if instrument else None, printed)


def _sub(view: View, told: Sequence[_Told]) -> str:
    """Say that SPBE has ended and that Pemdi has no value yet, where so."""
    valued = {each.story.indicator.id: each.story.latest is not None for each in told}
    last = _last_year(view, "spbe")
    if "spbe" not in valued or last is None or last >= view.today.year:
        return t("wall.scale", view.lang)
    if valued.get("pemdi") is False:
        return t("wall.spbe_without_pemdi", view.lang, year=last)
    return t("wall.spbe_ended", view.lang, year=last)


def _last_year(view: View, code: str) -> int | None:
    """Return the last year an index was assessed for; None where an instrument still runs."""
    years = [each.last_year for each in view.catalogue.instruments if each.indicator == code]
    ended = [year for year in years if year is not None]
    return max(ended) if ended and len(ended) == len(years) else None


def _index(view: View, told: _Told) -> Index:
    lang, story, latest = view.lang, told.story, told.story.latest
    change = moves.of_story(story, lang) if latest else None
    level = band(told.scheme, latest.value) if told.scheme and latest and latest.value is not None else 0
    return {
        "name": t(f"wall.{story.indicator.id}", lang),
        "value": shown(story.indicator, latest.shown, lang) if latest else "",
        "band": level,
        "word": word(told.scheme, level, lang) if told.scheme and level else "",
        "period": " · ".join([moves.when(latest.shown.period.code, lang), *flags_of(view, latest.shown)])
        if latest
        else "",
        "change": change,
        "change_none": moves.without(story, lang, view.guest) if latest and not change else "",
        "two": t("wall.two", lang) if latest and latest.rivals else "",
        "none": "" if latest else t("home.pemdi_none", lang),
        "note": _note(view, told),
        "lines": lines_of(view, story),
        "cuts": cuts_of(view, story, told.scheme),
    }


def _note(view: View, told: _Told) -> str:
    """Say what stands beside the number: a printed predicate that differs, series not joined, the year it begins."""
    lang = view.lang
    clashes = [printed for point, printed, _ in _clashes(view, told) if point is told.story.latest]
    parts = [t("wall.printed", lang, printed=each) for each in clashes]
    if len([each for each in told.story.own if drawn(view, each)]) > 1:
        parts.append(t("wall.not_joined", lang))
    if inferred := _inferred(view, told):
        parts.append(t("wall.years_inferred", lang, years=", ".join(inferred)))
    if told.story.latest is None and told.instrument is not None:
        parts.append(t("wall.begins", lang, year=told.instrument.first_year))
    return " · ".join(parts)


def _inferred(view: View, told: _Told) -> list[str]:
    """Return the periods on the line that no source prints; the latest says so beside its own."""
    points = [each for line in told.story.own for each in drawn(view, line) if each is not told.story.latest]
    found = {each.shown.period for each in points if "year_inferred" in each.shown.marks}
    return [moves.when(each.code, view.lang) for each in sorted(found)]


def _clashes(view: View, told: _Told) -> list[tuple[Point, str, str]]:
    """Return the values whose printed predicate the cuts contradict, with both words, the latest first."""
    words = {each.period.code: each.category for each in told.printed if each.category}
    found = []
    for point in (point for line in told.story.own for point in drawn(view, line)):
        printed = words.get(point.shown.period.code)
        instrument = instrument_for(view.catalogue, told.story.indicator.id, point.shown.period.end.year)
        if printed is None or instrument is None or point.value is None:
            continue
        clash = predicate_contradiction(view.catalogue.scheme[instrument.scheme], printed, point.value)
        if clash is not None:
            found.append((point, clash.published, _ruled(clash.computed, view.lang)))
    return sorted(found, key=lambda each: each[0].shown.period, reverse=True)


def _ruled(label: Text, lang: Lang) -> str:
    """Return a predicate as sources print it, in English with what it means."""
    printed, meaning = (each.split(" (")[0] for each in (label.id, label.en))
    return f"“{printed}”" if lang == "id" else f"“{printed}” ({meaning})"


def _sentence(view: View, told: Sequence[_Told]) -> Sentence | None:
    """Say what fell; else a printed predicate that the cuts contradict; else what is low, out of date, or rose."""
    lang = view.lang
    valued = [(each, each.story.latest) for each in told if each.story.latest is not None]
    for each, latest in valued:
        move = moves.of_story(each.story, lang)
        if move is not None and move["tone"] == "bad":
            return _say(view, each, latest, "worse_lead", "bad", f"{move['text']} {move['since']}")
    for each, _ in valued:
        for point, printed, ruled in _clashes(view, each)[:1]:
            name = f"{t(f'wall.{each.story.indicator.id}', lang)} {moves.when(point.shown.period.code, lang)}"
            values = {"name": name, "value": shown(each.story.indicator, point.shown, lang)}
            texts = [t(f"wall.{key}", lang, **values, printed=printed, ruled=ruled) for key in ("clash", "clash_short")]
            return sentence_of(view, t("wall.clash_lead", lang), "warn", texts, None)
    for each, latest in valued:
        level = band(each.scheme, latest.value) if each.scheme and latest.value is not None else 0
        if 0 < level <= LOW and each.scheme is not None:
            said = t("wall.predicate", lang, predicate=word(each.scheme, level, lang))
            return _say(view, each, latest, "low_predicate_lead", "bad", said)
    for each, latest in valued:
        if is_expired(view, latest.shown):
            figure = f"{_figure(view, each, latest)} ({moves.when(latest.shown.period.code, lang)})"
            texts = [f"{figure}, {t('wall.stale_wait', lang)}", figure]
            return sentence_of(view, t("wall.stale_lead", lang), "warn", texts, None)  # late is who releases it
    for each, latest in valued:
        move = moves.of_story(each.story, lang)
        if move is not None and move["tone"] == "good":
            return _say(view, each, latest, "better_lead", "good", f"{move['text']} {move['since']}")
    texts = [f"{_figure(view, each, at)} ({moves.when(at.shown.period.code, lang)})" for each, at in valued[:1]]
    return sentence_of(view, t("wall.newest_lead", lang), "plain", texts, None) if texts else None


def _figure(view: View, told: _Told, latest: Point) -> str:
    name = t(f"wall.{told.story.indicator.id}", view.lang)
    return f"{name} {shown(told.story.indicator, latest.shown, view.lang)}"


def _say(view: View, told: _Told, latest: Point, lead: str, tone: Tone, said: str) -> Sentence:
    figure = f"{_figure(view, told, latest)} ({', '.join(dated(view, latest))})"
    indicator = None if tone == "good" else told.story.indicator
    return sentence_of(view, t(f"wall.{lead}", view.lang), tone, [f"{figure}, {said}", figure], indicator)


def _speech(index: Index) -> str:
    change = f"{index['change']['text']} {index['change']['since']}" if index["change"] else index["change_none"]
    value = f"{index['value']} ({index['period']})" if index["value"] else index["none"]
    parts = [f"{index['name']} {value}", index["word"], change, index["two"], index["note"]]
    return ", ".join(each for each in parts if each)


SCENE = StagedScene("spbe", "instruments", partial(t, "wall_setup.scene_spbe"), build)
