"""The scene "districts": one indicator by kecamatan in one period; who has not reported is said, never drawn low."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path

from dashboard import page_queries
from dashboard.formatting import digits, series_name, shown, unit_words
from dashboard.indicator_story import Line, Point, differs
from dashboard.language import number, period, t
from dashboard.settings import BOUNDARIES
from dashboard.wall.boundaries import outlines
from dashboard.wall.content import Area, ListItem, Sentence, Tone, WallScene
from dashboard.wall.periods import age_of, flags_of, is_expired
from dashboard.wall.sentence import sentence_of, whole
from dashboard.wall.tile_map import Place, grid_of, shares_of
from dashboard.wall.view import StagedScene, View
from etl.catalogue.models import Catalogue, Indicator
from etl.catalogue.period import Period
from etl.catalogue.reference import Region
from etl.stewardship.data_register import periods_owed, regions_owed

LEVELS = 5
WORST = 5


@dataclass(frozen=True, slots=True)
class Chosen:
    """One series of one indicator in one period, by kecamatan."""

    indicator: Indicator
    series: str
    period: Period
    points: Mapping[str, Point]

    @property
    def values(self) -> dict[str, Decimal]:
        """What is shown: neither disputed nor doubtful."""
        return {
            code: point.value
            for code, point in self.points.items()
            if point.value is not None and not point.rivals and not point.weakness
        }

    def tells(self, catalogue: Catalogue, pair: Sequence[str], total: int) -> bool:
        """Tell whether neighbours in the order differ so that one may be called the highest or lowest of all.

        As with regencies: all must have a figure that nobody disputes, and the two must differ by more than is
        material and than sampling may have made.
        """
        values = self.values
        if len(values) < total or len(pair) < 2:
            return False
        one, two = (values[code] for code in pair)
        return one != two and differs(catalogue, self.indicator, self.series, one, two)


def build(view: View, folder: Path = BOUNDARIES) -> WallScene | None:
    """Return the scene; None while no kecamatan has a figure. `folder` holds the outlines."""
    below = [each for each in view.catalogue.regions if each.parent == view.region and each.level == "district"]
    chosen = _choose(view, below)
    if chosen is None:
        return None
    lang, indicator = view.lang, chosen.indicator
    paths = outlines(folder, view.region, tuple(each.code for each in below))
    places = _places(below)
    grid = grid_of(places)
    title = t("wall_lists.districts", lang, name=indicator.short.get(lang))
    sub = _sub(view, chosen, len(below))
    names = {each.code: each.short for each in below}
    ranked = _ranked(chosen, names)
    sentence = _sentence(view, chosen, ranked, names, len(below))
    age = age_of(view, (point.shown for point in chosen.points.values()))
    low, high = _ends(view, chosen)
    # Outlines have no room for names: the list beside them then holds all.
    worst = (ranked if paths else ranked[:WORST]) if chosen.indicator.judged else []
    return {
        "id": "districts",
        "kind": "map",
        "title": title,
        "sub": sub,
        "worse": 0,
        "note": t("wall_lists.outlined" if paths else "wall_lists.schematic", lang, note=age["note"]),
        "received": age["received"],
        "late": age["late"],
        "sentence": sentence,
        "spoken": t("wall_lists.districts_spoken", lang, title=title, sub=sub, sentence=whole(sentence)),
        "unit": unit_words(indicator, lang),
        "areas": list(_areas(view, chosen, names, grid.cells, shares_of(places), paths)),
        "size": (grid.columns, grid.rows),
        "worst": [_item(view, chosen, code, names) for code in worst],
        "legend": [t("wall_lists.from", lang, value=low), t("wall_lists.to", lang, value=high)],
    }


def _choose(view: View, below: Sequence[Region]) -> Chosen | None:
    """Return a headline that half of the kecamatan report, else what most do, the newest of these.

    What fewer than half report, is too old, or has no worse side, is shown only where nothing else is.
    """
    reader, vintage = view.page.reader, view.page.vintage
    present = {figure.indicator for each in below for figure in reader.latest(vintage, each.code)}
    order = {name: at for at, name in enumerate(view.catalogue.headlines)}
    found = [
        chosen
        for name, indicator in view.page.public.items()
        if name in present
        for chosen in _candidates(indicator, page_queries.districts_of(view.page, indicator)[1], len(below))
    ]
    return min(
        (each for each in found if each.values),
        key=lambda each: (
            2 * len(each.points) < len(below),
            _is_old(view, each),
            not each.indicator.judged,
            order.get(each.indicator.id, len(order)),
            -len(each.points),
            -each.period.end.toordinal(),
        ),
        default=None,
    )


def _is_old(view: View, chosen: Chosen) -> bool:
    """Tell whether the figures are out of date: nobody is called the highest or lowest by them."""
    return any(is_expired(view, each.shown) for each in chosen.points.values())


def _candidates(indicator: Indicator, lines: Sequence[Line], total: int) -> Iterator[Chosen]:
    """Yield each series, the indicator's own first, in the newest period that at least half of the kecamatan report.

    Where none is so full, in the one that most report: the first to report do not hide the others.
    """
    for series in sorted({line.series for line in lines}, key=lambda each: (each != indicator.default_series, each)):
        own = [line for line in lines if line.series == series]
        points = [point for line in own for point in line.points if point.value is not None]
        reports = Counter(each.shown.period for each in points)
        if reports:
            at = max(reports, key=lambda each: (min(2 * reports[each], total), each))
            yield Chosen(indicator, series, at, {each.shown.region: each for each in points if each.shown.period == at})


def _places(below: Sequence[Region]) -> dict[str, Place]:
    """Return the centres; a kecamatan without one stands in the middle of the others."""
    known = {
        each.code: (float(each.lng), float(each.lat)) for each in below if each.lng is not None and each.lat is not None
    }
    count = max(1, len(known))
    middle = (sum(place[0] for place in known.values()) / count, sum(place[1] for place in known.values()) / count)
    return {each.code: known.get(each.code, middle) for each in below}


def _sub(view: View, chosen: Chosen, total: int) -> str:
    series = series_name(chosen.indicator, chosen.series, view.lang)
    when = period(chosen.period.code, view.lang)
    words = f"{series} {when}" if series else when
    flags = dict.fromkeys(flag for code in chosen.values for flag in flags_of(view, chosen.points[code].shown))
    words += f" ({', '.join(flags)})" if flags else ""
    return t("wall_lists.districts_sub", view.lang, when=words, count=len(chosen.points), total=total)


def _areas(
    view: View,
    chosen: Chosen,
    names: Mapping[str, str],
    cells: Mapping[str, tuple[int, int]],
    shares: Mapping[str, Place],
    paths: Mapping[str, str],
) -> Iterator[Area]:
    values = chosen.values
    levels, owing = levels_of(values), _owing(view, chosen)
    for code, name in names.items():
        if view.guest and code in chosen.points and chosen.points[code].rivals:
            continue
        yield {
            "name": name,
            "value": _brief(view, chosen, code) if code in values else "",
            "none": "" if code in values else _missing(view, chosen.points.get(code), code in owing),
            "level": levels.get(code, 0),
            "column": cells[code][0],
            "row": cells[code][1],
            "x": shares[code][0],
            "y": shares[code][1],
            "path": paths.get(code, ""),
        }


def levels_of(values: Mapping[str, Decimal]) -> dict[str, int]:
    """Return a shade from 1 (lowest) to 5 (highest) by equal steps; the middle one where all are the same."""
    low, high = min(values.values()), max(values.values())
    if low == high:
        return dict.fromkeys(values, (LEVELS + 1) // 2)
    step = high - low
    return {code: min(LEVELS, 1 + int(LEVELS * (value - low) / step)) for code, value in values.items()}


def _owing(view: View, chosen: Chosen) -> frozenset[str]:
    """Return the kecamatan whose figure of that period a feed owes; guests are told of no deliveries."""
    if view.guest:
        return frozenset()
    return frozenset(
        code
        for name, owed in view.situation.desk.owed.items()
        if chosen.indicator.id in view.catalogue.feed[name].indicators and chosen.period.code in periods_owed(owed)
        for code in regions_owed(view.catalogue, view.catalogue.feed[name], view.region)
    )


def _missing(view: View, point: Point | None, owing: bool) -> str:
    if point is not None and not point.rivals:
        return t("indicator.doubtful" if "doubtful" in point.shown.marks else "indicator.claim", view.lang).lower()
    if point is not None:
        return t("wall_lists.disputed_area", view.lang)
    return t("wall_lists.silent" if owing else "indicator.no_data", view.lang)


def _text(view: View, chosen: Chosen, code: str) -> str:
    return shown(chosen.indicator, chosen.points[code].shown, view.lang)


def _brief(view: View, chosen: Chosen, code: str) -> str:
    """Return a figure as short as a tile is: the unit stands once for all, but for a percent sign."""
    figure, indicator = chosen.points[code].shown, chosen.indicator
    if indicator.unit == "%" or figure.value is None:
        return shown(indicator, figure, view.lang)
    return number(figure.value, digits(indicator, figure.step), view.lang)


def _item(view: View, chosen: Chosen, code: str, names: Mapping[str, str]) -> ListItem:
    return {"lead": names[code], "text": _text(view, chosen, code), "tone": "plain"}


def _ranked(chosen: Chosen, names: Mapping[str, str]) -> list[str]:
    """Return the kecamatan from the worst; from the highest where no direction is better."""
    sign = 1 if chosen.indicator.direction == "higher" else -1
    return sorted(chosen.values, key=lambda code: (sign * chosen.values[code], names[code]))


def _sentence(view: View, chosen: Chosen, ranked: Sequence[str], names: Mapping[str, str], total: int) -> Sentence:
    """Say which kecamatan stands worst, and how far the best is from it; the span alone where none can be told."""
    lang, first, last = view.lang, ranked[0], ranked[-1]
    if _is_old(view, chosen) or not chosen.tells(view.catalogue, ranked[:2], total):
        return _span(view, chosen)
    lead, other = ("lowest", "highest") if chosen.indicator.direction == "higher" else ("highest", "lowest")
    subjects = [t("wall_lists.area", lang, first=names[first], value=_text(view, chosen, first))]
    if chosen.tells(view.catalogue, ranked[-2:], total):
        ending = t(f"wall_lists.and_{other}", lang, other=names[last], value=_text(view, chosen, last))
        subjects.insert(0, subjects[0] + ending)
    tone: Tone = "warn" if chosen.indicator.judged else "plain"
    return sentence_of(view, t(f"wall_lists.{lead}_lead", lang), tone, subjects, chosen.indicator)


def _span(view: View, chosen: Chosen) -> Sentence:
    low, high = _ends(view, chosen)
    if low == high:
        return sentence_of(view, t("wall.newest_lead", view.lang), "plain", [low], chosen.indicator)
    said = t("wall_lists.span", view.lang, low=low, high=high)
    return sentence_of(view, t("wall_lists.span_lead", view.lang), "plain", [said], chosen.indicator)


def _ends(view: View, chosen: Chosen) -> tuple[str, str]:
    """Return the least and the greatest value shown."""
    values = chosen.values
    low, high = min(values, key=lambda code: values[code]), max(values, key=lambda code: values[code])
    return _text(view, chosen, low), _text(view, chosen, high)


SCENE = StagedScene("kecamatan", "districts", partial(t, "wall_setup.scene_kecamatan"), build)
