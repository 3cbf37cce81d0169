"""What changed: corrections since yesterday in WITA, and what turned worse or better since the period before."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from dashboard.wall.content import WallScene
from dashboard.wall.scenes.changes import build
from etl.catalogue.period import from_code
from tests.unit.api.samples import CONTEST, catalogue, observation
from tests.unit.wall.reader import WallReader, view

NOW = dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)  # 12.00 WITA
YESTERDAY = dt.datetime(2026, 11, 20, 16, tzinfo=dt.UTC)  # 21 November, 00.00 WITA
LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
HOUSE = catalogue(headlines=("tpt", "poverty-rate"))


def poverty(id: int, value: str, period: str, **changes: Any) -> Any:
    plain: dict[str, Any] = {"recorded_at": LONG_AGO, "marks": frozenset()}
    return observation(id, value, period=from_code(period), **(plain | changes))


def reader(**changes: Any) -> WallReader:
    plain: dict[str, Any] = {"known": HOUSE, "figures": [], "contests": [], "found": []}
    newest = [new for new, _ in changes.get("corrected", [])[:1]]
    return WallReader(**(plain | changes | {"figures": [*changes.get("figures", []), *newest]}))


def lines(scene: WallScene | None, heading: str) -> list[tuple[str, str, str]]:
    assert scene is not None
    found = [each for each in scene["groups"] if each["heading"] == heading]
    return [(one["lead"], one["text"], one["tone"]) for each in found for one in each["items"]]


FIGURES = [
    poverty(1, "9.00", "2024"), poverty(2, "9.50", "2025"),
    poverty(3, "5.00", "2024", indicator="tpt", series="sakernas"),
    poverty(4, "4.20", "2025", indicator="tpt", series="sakernas"),
]  # fmt: skip


def test_what_turned_worse_comes_before_what_turned_better() -> None:
    scene = build(view(reader(figures=FIGURES), now=NOW))
    assert scene is not None
    assert [each["heading"] for each in scene["groups"]] == [
        "Memburuk sejak periode lalu",
        "Membaik sejak periode lalu",
    ]
    assert lines(scene, "Memburuk sejak periode lalu") == [("poverty-rate 2025", "naik 0,50 poin dari 2024", "bad")]
    assert lines(scene, "Membaik sejak periode lalu") == [("tpt 2025", "turun 0,80 poin dari 2024", "good")]
    assert scene["worse"] == 1
    assert scene["sentence"] is not None
    assert (scene["sentence"]["lead"], scene["sentence"]["tone"]) == ("Memburuk:", "bad")
    assert scene["sentence"]["texts"][0].startswith("poverty-rate 2025 9,50%, naik 0,50 poin dari 2024")
    assert scene["note"] == "angka 2025"


@pytest.mark.parametrize("rival", [poverty(5, "9.9", "2025", publication="koran-2024"),
                                   poverty(5, "8.1", "2024", publication="koran-2024")])  # fmt: skip
def test_a_change_between_disputed_figures_is_not_told(rival: Any) -> None:
    assert build(view(reader(figures=[*FIGURES[:2], rival]), now=NOW)) is None


def test_a_change_of_figures_that_are_out_of_date_is_no_news() -> None:
    old = [poverty(3, "5.00", "2015", indicator="tpt", series="sakernas"),
           poverty(4, "5.20", "2016", indicator="tpt", series="sakernas")]  # fmt: skip
    assert build(view(reader(figures=old), now=NOW)) is None


def test_what_is_out_of_date_by_now_falls_out_without_a_new_vintage() -> None:
    given = reader(figures=FIGURES[2:])  # Pengangguran may be one year old
    assert build(view(given, now=NOW)) is not None
    assert build(view(given, now=NOW + dt.timedelta(days=800))) is None


def test_yesterday_begins_at_midnight_in_wita() -> None:
    new, old = poverty(2, "8.60", "2024", recorded_at=YESTERDAY, version=2), poverty(1, "8.63", "2024")
    scene = build(view(reader(corrected=[(new, old)]), now=NOW))
    assert lines(scene, "Dikoreksi sejak kemarin") == [("poverty-rate 2024", "dari 8,63% menjadi 8,60%", "plain")]
    before = replace(new, recorded_at=YESTERDAY - dt.timedelta(seconds=1))
    assert build(view(reader(corrected=[(before, old)]), now=NOW)) is None


def test_first_figures_are_counted_by_indicator_and_not_listed() -> None:
    fresh = [replace(each, recorded_at=NOW) for each in FIGURES if each.period.code == "2025"]
    assert build(view(reader(figures=fresh), now=NOW)) is None  # a feed's first load is no news
    before = replace(fresh[0], id=99, indicator="lain", series="lain", recorded_at=NOW - dt.timedelta(days=9))
    scene = build(view(reader(figures=[*fresh, before]), now=NOW))
    assert scene is not None
    assert [(each["value"], each["name"]) for each in scene["counts"]] == [
        ("2", "indikator mendapat angka sejak kemarin")
    ]
    assert scene["groups"] == []
    assert scene["sentence"] is not None
    assert scene["sentence"]["texts"][0] == "poverty-rate, tpt sejak kemarin."


def test_internal_indicators_never_appear() -> None:
    pair = (poverty(2, "1", "2024", indicator="rahasia", recorded_at=NOW, version=2),
            poverty(1, "2", "2024", indicator="rahasia"))  # fmt: skip
    first = poverty(3, "1", "2025", indicator="rahasia", recorded_at=NOW)
    assert build(view(reader(corrected=[pair], figures=[first]), now=NOW)) is None


def test_guests_are_not_told_of_corrections_to_disputed_figures() -> None:
    pair = (poverty(2, "8.60", "2024", recorded_at=NOW, version=2), poverty(1, "8.63", "2024"))
    given = reader(corrected=[pair], contests=[CONTEST])
    assert lines(build(view(given, now=NOW)), "Dikoreksi sejak kemarin")
    assert build(view(given, guest=True, now=NOW)) is None


def test_english_is_complete() -> None:
    scene = build(view(reader(figures=FIGURES), "en", now=NOW))
    assert lines(scene, "Worse than the last period") == [("poverty-rate (en) 2025", "up 0.50 points from 2024", "bad")]


def test_a_figure_is_listed_with_all_that_weakens_it() -> None:
    weak = [poverty(1, "9.00", "2024"), poverty(2, "9.50", "2025", status="preliminary")]
    assert lines(build(view(reader(figures=weak), now=NOW)), "Memburuk sejak periode lalu") == [
        ("poverty-rate 2025 (sementara)", "naik 0,50 poin dari 2024", "bad")
    ]
    marks = frozenset({"ikn_unknown"})
    new, old = poverty(2, "8.60", "2024", recorded_at=NOW, version=2, marks=marks), poverty(1, "8.63", "2024")
    [(lead, _, _)] = lines(build(view(reader(corrected=[(new, old)]), now=NOW)), "Dikoreksi sejak kemarin")
    assert lead == "poverty-rate 2024 (IKN tak disebut)"


def test_what_weakens_all_figures_alike_is_said_once() -> None:
    marks = frozenset({"ikn_unknown"})
    scene = build(view(reader(figures=[replace(each, marks=marks) for each in FIGURES]), now=NOW))
    assert scene is not None
    assert lines(scene, "Memburuk sejak periode lalu") == [("poverty-rate 2025", "naik 0,50 poin dari 2024", "bad")]
    assert scene["sub"] == "sejak kemarin dan sejak periode lalu · angka di bawah: IKN tak disebut"
    assert scene["spoken"].endswith(". IKN tak disebut.")
    mixed = build(view(reader(figures=[*(replace(each, marks=marks) for each in FIGURES[:2]), *FIGURES[2:]]), now=NOW))
    assert mixed is not None
    assert mixed["sub"] == "sejak kemarin dan sejak periode lalu"
    assert lines(mixed, "Memburuk sejak periode lalu")[0][0] == "poverty-rate 2025 (IKN tak disebut)"
    assert lines(mixed, "Membaik sejak periode lalu")[0][0] == "tpt 2025"


def test_rounding_hides_no_correction() -> None:
    new, old = poverty(2, "8.634", "2024", recorded_at=NOW, version=2), poverty(1, "8.631", "2024")
    [(_, text, _)] = lines(build(view(reader(corrected=[(new, old)]), now=NOW)), "Dikoreksi sejak kemarin")
    assert text == "dari 8,631% menjadi 8,634%"


@pytest.mark.parametrize("marks", [{"year_inferred"}, {"ikn_excluded"}])
def test_figures_that_are_not_on_the_same_ground_are_not_compared(marks: set[str]) -> None:
    weak = [poverty(1, "9.00", "2024", marks=frozenset(marks)), FIGURES[1]]
    assert build(view(reader(figures=weak), now=NOW)) is None


def test_only_the_figure_in_force_is_told_as_corrected() -> None:
    third, second = (
        poverty(id, value, "2024", recorded_at=NOW, version=id) for id, value in ((3, "8.60"), (2, "8.61"))
    )
    pairs = [(third, second), (second, poverty(1, "8.63", "2024"))]
    found = lines(build(view(reader(corrected=pairs), now=NOW)), "Dikoreksi sejak kemarin")
    assert [text for _, text, _ in found] == ["dari 8,61% menjadi 8,60%"]
    other = poverty(4, "8.70", "2024", status="revised")
    assert build(view(reader(corrected=pairs, figures=[other]), now=NOW)) is None
