"""The scene "changes": figures corrected since yesterday, and what turned worse or better since the period before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from dashboard.formatting import part_words, shown, told_apart
from dashboard.indicator_story import Story, is_sound
from dashboard.language import number, t
from dashboard.wall import moves
from dashboard.wall.content import ListItem, Sentence, Tone, WallScene
from dashboard.wall.disputes import keys_of
from dashboard.wall.listing import counts, groups, spoken
from dashboard.wall.periods import age_of, flags_of, ground_of, is_expired
from dashboard.wall.sentence import sentence_of, whole
from dashboard.wall.view import StagedScene, View
from etl.catalogue.wita import WITA
from etl.measures.conflict import resolve
from etl.measures.observation import Observation

READ = 500
NAMED = 3
Pair = tuple[Observation, Observation]


@dataclass(frozen=True, slots=True)
class News:
    """What changed: (new, old) pairs and first figures since yesterday, stories that moved since the last period."""

    corrected: Sequence[Pair]
    first: Sequence[Observation]  # one for each indicator
    worse: Sequence[Story]
    better: Sequence[Story]

    @property
    def moved(self) -> tuple[Observation, ...]:
        return tuple(each.latest.shown for each in (*self.worse, *self.better) if each.latest)

    @property
    def named(self) -> tuple[Observation, ...]:
        return (*self.moved, *(new for new, _ in self.corrected))


def build(view: View) -> WallScene | None:
    """Return the scene; None where nothing changed."""
    lang, news = view.lang, _news(view)
    ground = ground_of(view, news.named)
    sentence = next(_sentences(view, news, ground), None)
    if sentence is None:
        return None
    found = counts(
        (
            ("worse", len(news.worse), "bad"),
            ("better", len(news.better), "good"),
            ("corrected", len(news.corrected), "plain"),
            ("new", len(news.first), "plain"),
        ),
        lang,
    )
    lists = (
        ("yesterday", [_corrected_item(pair, view, ground) for pair in news.corrected]),
        ("worse", [_moved_item(each, view, "bad", ground) for each in news.worse]),
        ("better", [_moved_item(each, view, "good", ground) for each in news.better]),
    )
    return {
        "id": "changes",
        "kind": "lists",
        "title": t("wall_lists.changes", lang, region=view.page.region.short),
        "sub": t("wall_lists.changes_sub", lang)
        + (t("wall_lists.changes_ground", lang, ground=ground) if ground else ""),
        "worse": len(news.worse),
        "note": age_of(view, news.named or news.first)["note"],
        "received": age_of(view, (*news.named, *news.first))["received"],
        "late": age_of(view, news.moved)["late"],  # a corrected figure of an old period is not late
        "sentence": sentence,
        "spoken": t(
            "wall_lists.changes_spoken",
            lang,
            counts=spoken(found, lang),
            sentence=whole(sentence),
            ground=f" {ground[:1].upper()}{ground[1:]}." if ground else "",
        ),
        "counts": found,
        "groups": groups(lists, lang),
    }


def _news(view: View) -> News:
    since = dt.datetime.combine(view.today - dt.timedelta(days=1), dt.time(), WITA)
    page, region = view.page, view.region
    hidden = keys_of(view.conflicts) if view.guest else frozenset()

    def is_new(figure: Observation) -> bool:
        known = (figure.indicator, figure.series, figure.period.code) not in hidden
        return known and figure.indicator in page.public and figure.recorded_at >= since

    pairs = page.reader.changes(page.vintage, region, READ)
    latest = page.reader.latest(page.vintage, region)
    known = {each.feed for each in latest if each.recorded_at < since}  # a feed's first load is no news
    first = {each.indicator: each for each in latest if each.version == 1 and each.feed in known and is_new(each)}
    stories = list(_comparable(view))
    return News(
        corrected=[(new, old) for new, old in pairs if is_new(new) and _is_shown(view, new)],
        first=list(first.values()),
        worse=[each for each in stories if _turned(each) is False],
        better=[each for each in stories if _turned(each)],
    )


def _is_shown(view: View, figure: Observation) -> bool:
    """Tell whether a figure is the one in force for its period: neither replaced again nor behind another source."""
    known = view.page.reader.series(view.page.vintage, figure.indicator, (view.region,))
    same = [each for each in known if (each.series, each.period) == (figure.series, figure.period)]
    return bool(same) and resolve(same, view.catalogue)[0].id == figure.id


def _turned(story: Story) -> bool | None:
    move = moves.settled(story)
    return move.good if move else None


def _comparable(view: View) -> Iterator[Story]:
    """Yield headlines, then the other core indicators, whose newest figure is sound and in force."""
    public, headlines = view.page.public, view.catalogue.headlines
    core = (each.id for each in public.values() if each.role == "core")
    for name in dict.fromkeys((*headlines, *core)):
        story = view.story(public[name]) if name in public else None
        latest = story.latest if story else None
        if story and latest and is_sound(latest) and not is_expired(view, latest.shown):
            yield story


def _corrected_item(pair: Pair, view: View, ground: str) -> ListItem:
    text = t("wall_lists.from_to", view.lang, **_values(pair, view))
    return {"lead": _subject(pair[0], view, ground), "text": text, "tone": "plain"}  # a correction is no achievement


def _values(pair: Pair, view: View) -> dict[str, str]:
    """Write both values, so that the correction shows."""
    indicator = view.catalogue.indicator[pair[0].indicator]
    return dict(zip(("new", "old"), told_apart(indicator, *pair, view.lang), strict=True))


def _subject(figure: Observation, view: View, ground: str) -> str:
    indicator = view.catalogue.indicator[figure.indicator]
    part = part_words(indicator, figure.series, view.lang)
    flags = flags_of(view, figure, ground)
    weakness = f" ({', '.join(flags)})" if flags else ""
    return f"{indicator.short.get(view.lang)}{part} {moves.when(figure.period.code, view.lang)}{weakness}"


def _moved_item(story: Story, view: View, tone: Tone, ground: str) -> ListItem:
    lead = _subject(story.latest.shown, view, ground) if story.latest else ""
    return {"lead": lead, "text": _moved(story, view), "tone": tone}


def _moved(story: Story, view: View) -> str:
    change = moves.of_story(story, view.lang)
    return f"{change['text']} {change['since']}" if change else ""


def _sentences(view: View, news: News, ground: str) -> Iterator[Sentence]:
    """Yield what there is to say, the worst first."""
    lang = view.lang
    for story in news.worse:
        yield _moved_sentence(view, story, "worse", "bad", ground)
    for story in news.better:
        yield _moved_sentence(view, story, "better", "good", ground)
    for pair in news.corrected:
        text = t("wall_lists.corrected", lang, name=_subject(pair[0], view, ground), **_values(pair, view))
        yield sentence_of(view, t("wall_lists.corrected_lead", lang), "plain", [text], None)
    if news.first:
        lead = t("wall_lists.new_lead", lang)
        yield sentence_of(view, lead, "plain", [_first(view, news.first, upto) for upto in (NAMED, 1)], None)


def _first(view: View, figures: Sequence[Observation], upto: int) -> str:
    names = ", ".join(view.catalogue.indicator[each.indicator].short.get(view.lang) for each in figures[:upto])
    rest = number(len(figures) - upto, 0, view.lang)
    return t(f"wall_lists.{'new_more' if figures[upto:] else 'new'}", view.lang, names=names, count=rest)


def _moved_sentence(view: View, story: Story, key: str, tone: Tone, ground: str) -> Sentence:
    indicator, latest, move = story.indicator, story.latest, _moved(story, view)
    change = moves.of_story(story, view.lang)
    name = _subject(latest.shown, view, ground) if latest else ""
    value = shown(indicator, latest.shown, view.lang) if latest else ""
    shorter = [f"{name} {each}" for each in (move, change["text"])] if change else []
    subjects = [t("wall_lists.moved", view.lang, name=name, value=value, move=move), *shorter, name]
    return sentence_of(view, t(f"wall_lists.{key}_lead", view.lang), tone, subjects, indicator)


SCENE = StagedScene("perubahan", "changes", partial(t, "wall_setup.scene_perubahan"), build)
