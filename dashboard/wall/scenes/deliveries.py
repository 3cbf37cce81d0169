"""The scene "deliveries": what offices owe, what was returned or waits, and which figures contradict each other.

An office is late only with what it was asked for; what fell due before Pantau began is awaited, and a producer's
release is nobody's here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from dashboard.formatting import part_words, shown
from dashboard.language import number, period, t
from dashboard.wall.content import ListItem, Sentence, Tone, WallScene
from dashboard.wall.listing import counts, groups, spoken
from dashboard.wall.moves import when
from dashboard.wall.periods import age_of, utc
from dashboard.wall.sentence import sentence_of, short_date, whole
from dashboard.wall.view import StagedScene, View
from etl.catalogue.period import from_code
from etl.catalogue.wita import WITA
from etl.measures.conflict import sides
from etl.measures.observation import Contest
from etl.stewardship.feed_status import clock_words, scheduler_words
from etl.stewardship.obligation import Obligation, responsible


@dataclass(frozen=True, slots=True)
class Debt:
    """What a feed still owes: the period that is open longest, and the office that sends it."""

    feed: str
    office: str
    longest: Obligation


def build(view: View) -> WallScene | None:
    """Return the scene; None for guests, and where nothing is late, returned, waiting or disputed."""
    if view.guest:
        return None
    lang, desk = view.lang, view.situation.desk
    late, awaited = _debts(view, judged=True), _debts(view, judged=False)
    conflicts = sorted(view.conflicts, key=lambda each: (from_code(each.period).end, each.bands_differ), reverse=True)
    found = counts(
        (
            ("late", len(late), "bad"),
            ("awaited", len(awaited), "warn"),
            ("returned", sum(each.count for each in desk.returned), "warn"),
            ("waiting", len(desk.waiting), "warn"),
            ("disputed", len(conflicts), "warn"),
        ),
        lang,
    )
    sentence = next(_sentences(view, late, awaited, conflicts), None)
    if sentence is None:
        return None
    lists = (
        ("late", [_late_item(each, view) for each in late]),
        ("awaited", [_awaited_item(each, view) for each in awaited]),
        ("disputed", [_disputed_item(each, view) for each in conflicts]),
        ("releases", _releases(view)),
    )
    return {
        "id": "deliveries",
        "kind": "lists",
        "title": t("wall_lists.deliveries", lang, region=view.page.region.short),
        "sub": t("wall_lists.deliveries_sub", lang),
        "worse": 0,
        "note": age_of(view, (each.shown for each in conflicts))["note"],
        "received": _received(view),
        "late": _scheduler(view),
        "sentence": sentence,
        "spoken": t("wall_lists.deliveries_spoken", lang, counts=spoken(found, lang), sentence=whole(sentence)),
        "counts": found,
        "groups": groups(lists, lang),
    }


def _debts(view: View, judged: bool) -> list[Debt]:
    """Return the feeds that are late with what was asked of them, or else with what nobody had asked for yet."""
    desk = view.situation.desk
    found = []
    for name, owed in desk.owed.items():
        late = [each for each in owed if each.state == "late"]
        if late and any(each.judged for each in late) == judged:
            chosen = [each for each in late if each.judged == judged]
            office = responsible(desk.catalogue, desk.catalogue.feed[name], desk.home)
            who = office.short if office else t("desk.no_office", view.lang)
            found.append(Debt(name, who, max(chosen, key=lambda each: each.days)))
    return sorted(found, key=lambda each: (-each.longest.days, each.feed))


def _name(view: View, feed: str) -> str:
    known = view.catalogue.feed.get(feed)
    return known.name.get(view.lang) if known else feed


def _late_item(debt: Debt, view: View) -> ListItem:
    text = t("wall_lists.late_line", view.lang, office=debt.office, days=debt.longest.days)
    return {"lead": _name(view, debt.feed), "text": text, "tone": "bad"}


def _awaited_item(debt: Debt, view: View) -> ListItem:
    due = short_date(debt.longest.due, view)
    text = t("wall_lists.awaited_line", view.lang, office=debt.office, due=due)
    return {"lead": _name(view, debt.feed), "text": text, "tone": "warn"}


def _disputed_item(contest: Contest, view: View) -> ListItem:
    return {"lead": _subject(contest, view), "text": _values(contest, view), "tone": "warn"}


def _subject(contest: Contest, view: View) -> str:
    indicator = view.catalogue.indicator[contest.indicator]
    part = part_words(indicator, contest.disputed.series, view.lang)
    name = f"{indicator.short.get(view.lang)}{part} {when(contest.period, view.lang)}"
    return t("wall_lists.target_of", view.lang, name=name) if contest.kind == "target" else name


def _values(contest: Contest, view: View) -> str:
    indicator = view.catalogue.indicator[contest.indicator]
    values = dict.fromkeys(shown(indicator, each, view.lang) for each in sides(contest, view.catalogue))
    return t("wall_lists.or", view.lang).join(values)


def _releases(view: View) -> list[ListItem]:
    """List the producers' releases that are past their calendar: headlines first, then core, the longest first."""
    order = {name: at for at, name in enumerate(view.catalogue.headlines)}
    ranked = sorted(
        view.situation.releases,
        key=lambda pair: (order.get(pair[0].id, len(order)), pair[0].role != "core"),
    )
    return [
        {
            "lead": indicator.short.get(view.lang),
            "text": t(
                "wall_lists.release_line",
                view.lang,
                period=period(fresh.next_period.code, view.lang),
                due=period(f"{fresh.due_date:%Y-%m}", view.lang) if fresh.due_date else "",
            ),
            "tone": "plain",
        }
        for indicator, fresh in ranked
    ]


def _sentences(view: View, late: list[Debt], awaited: list[Debt], conflicts: list[Contest]) -> Iterator[Sentence]:
    """Yield what there is to say, the worst first."""
    desk, lang = view.situation.desk, view.lang
    for debt in late:
        yield _say(view, "late", "bad", **_debt_words(view, debt))
    for debt in awaited:
        yield _say(view, "awaited", "warn", **_debt_words(view, debt))
    for contest in conflicts:
        yield _say(view, "disputed", "warn", name=_subject(contest, view), values=_values(contest, view))
    for back in sorted(desk.returned, key=lambda each: -each.count):
        yield _say(view, "returned", "warn", feed=_name(view, back.feed), count=number(back.count, 0, lang))
    for waits in desk.waiting:
        day = short_date(waits.opened_at.astimezone(WITA).date(), view)
        yield _say(view, "waiting", "warn", feed=_name(view, waits.feed), day=day)


def _debt_words(view: View, debt: Debt) -> dict[str, object]:
    return {
        "feed": _name(view, debt.feed),
        "office": debt.office,
        "period": when(debt.longest.period.code, view.lang),
        "days": debt.longest.days,
        "due": short_date(debt.longest.due, view),
    }


def _say(view: View, key: str, tone: Tone, **words: object) -> Sentence:
    subjects = [t(f"wall_lists.{key}_{size}", view.lang, **words) for size in ("say", "short")]
    return sentence_of(view, f"{t(f'wall_lists.{key}', view.lang)}:", tone, subjects, None)


def _received(view: View) -> str:
    """Return when a delivery last came in well; when the vintage was recorded where none ever did."""
    moments = [each.last_success for each in view.situation.status.values() if each.last_success is not None]
    return utc(max(moments, default=view.page.vintage.recorded_at))


def _scheduler(view: View) -> str:
    """Say that nothing is received by itself, in few words."""
    seen = view.situation.scheduler
    if seen is None:
        return t("wall_lists.scheduler_never", view.lang)
    if scheduler_words(seen.seen_at, None, view.now) is not None:
        return t("wall_lists.scheduler_silent", view.lang, since=clock_words(seen.seen_at, view.now, view.lang))
    return t("wall_lists.scheduler_trouble", view.lang) if seen.trouble else ""


SCENE = StagedScene("kiriman", "deliveries", partial(t, "wall_setup.scene_kiriman"), build)
