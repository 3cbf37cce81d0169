"""The map of kecamatan: one series in one period, a missing one is said, and a grid that turns nobody around."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.wall.content import Area, WallScene
from dashboard.wall.scenes.districts import build, levels_of
from dashboard.wall.tile_map import Place, grid_of, shares_of
from etl.catalogue.indicator_parts import MaterialityRule, Series
from etl.catalogue.period import from_code
from etl.catalogue.reference import Region
from etl.measures.observation import Observation
from tests.unit.api.samples import catalogue, indicator, observation, text
from tests.unit.stewardship.test_obligation import feed
from tests.unit.wall.reader import WallReader, view
from tests.unit.wall.test_boundaries import collection, square

CENTRES = {"64.01.01": ("116.0", "-1.5"), "64.01.02": ("116.5", "-1.6"), "64.01.03": ("116.1", "-2.2"),
           "64.01.04": ("116.4", "-2.1")}  # fmt: skip
NAMES = {"64.01.01": "Barat Laut", "64.01.02": "Timur Laut", "64.01.03": "Barat Daya", "64.01.04": "Tenggara"}


def regions() -> tuple[Region, ...]:
    plain = catalogue().regions
    below = tuple(
        Region(code=code, parent="64.01", level="district", name=NAMES[code], short=NAMES[code], source="uji",
               lng=Decimal(lng), lat=Decimal(lat))
        for code, (lng, lat) in CENTRES.items()
    )  # fmt: skip
    return (*plain, *below)


def house(*indicators: Any, **changes: Any) -> Any:
    return catalogue(regions=regions(), indicators=indicators or (stunting(),), **changes)


def stunting(name: str = "stunting", **changes: Any) -> Any:
    series = (Series(id="ssgi", name=text("SSGI")), Series(id="eppgbm", name=text("e-PPGBM")))
    return indicator(name, **({"decimals": 1, "series": series, "frequency": "month"} | changes))


def figure(place: int, value: str, period: str = "2026-10", **changes: Any) -> Observation:
    plain: dict[str, Any] = {
        "indicator": "stunting", "series": "eppgbm", "region": f"64.01.0{place}", "period": from_code(period),
        "step": Decimal("0.1"), "marks": frozenset(),
    }  # fmt: skip
    return observation(place, value, **(plain | changes))


MONTH = [figure(1, "12.0"), figure(2, "20.0"), figure(3, "31.0")]


def built(figures: list[Observation], known: Any = None, folder: Path = Path("tidak-ada"), **how: Any) -> WallScene:
    scene = build(view(WallReader(known=known or house(), figures=figures), **how), folder)
    assert scene is not None
    return scene


def by_name(scene: WallScene) -> dict[str, Area]:
    return {each["name"]: each for each in scene["areas"]}


def test_values_shades_and_who_has_none() -> None:
    scene = built(MONTH)
    areas = by_name(scene)
    assert [(each["value"], each["none"], each["level"]) for each in areas.values()] == [
        ("12,0%", "", 1), ("20,0%", "", 3), ("31,0%", "", 5), ("", "belum ada data", 0),
    ]  # fmt: skip
    assert scene["legend"] == ["dari 12,0%", "sampai 31,0%"]
    assert scene["title"] == "stunting per kecamatan"
    assert scene["sub"] == "e-PPGBM Oktober 2026 · 3 dari 4 kecamatan"
    assert scene["note"] == "angka Oktober 2026 · letak kecamatan skematis"


@pytest.mark.parametrize(
    ("level", "guest", "said"),
    [("district", False, "belum lapor"), ("district", True, "belum ada data"), ("regency", False, "belum ada data")],
)
def test_only_what_a_feed_owes_is_called_unreported(level: str, guest: bool, said: str) -> None:
    known = house(feeds=(feed(indicators=("stunting",), level=level, since="2026-10"),))
    assert by_name(built(MONTH, known, guest=guest))["Tenggara"]["none"] == said
    assert by_name(built([figure(1, "12.0", "2026-09")], known))["Tenggara"]["none"] == "belum ada data"


def test_the_worst_are_named_by_the_direction() -> None:
    worst = [(each["lead"], each["text"]) for each in built(MONTH)["worst"]]
    assert worst == [("Barat Daya", "31,0%"), ("Timur Laut", "20,0%"), ("Barat Laut", "12,0%")]
    higher = built(MONTH, house(stunting(direction="higher")))
    assert [each["lead"] for each in higher["worst"]] == ["Barat Laut", "Timur Laut", "Barat Daya"]
    assert built(MONTH, house(stunting(direction="none")))["worst"] == []


ALL = [*MONTH, figure(4, "20.2")]
POINT = MaterialityRule(kind="persentase", units=("%",), least=Decimal("0.5"))


def said(figures: list[Observation], **changes: Any) -> tuple[str, str, str]:
    sentence = built(figures, house(stunting(**changes), materiality=(POINT,)))["sentence"]
    assert sentence is not None
    return sentence["lead"], sentence["tone"], sentence["texts"][0]


def test_the_sentence_names_the_worst_and_the_best() -> None:
    lead, tone, text_ = said(ALL)
    assert (lead, tone) == ("Paling tinggi:", "warn")
    assert "Kecamatan Barat Daya 31,0%, paling rendah Barat Laut 12,0%" in text_


def test_none_is_called_the_highest_or_lowest_where_they_cannot_be_told_apart() -> None:
    lead, _, text_ = said([*ALL[:3], figure(4, "12.3")])
    assert (lead, "paling rendah" in text_) == ("Paling tinggi:", False)
    lead, tone, text_ = said([*ALL[:3], figure(4, "30.8")])
    assert (lead, tone, text_.startswith("12,0% sampai 31,0%")) == ("Rentang:", "plain", True)
    assert said(MONTH)[0] == "Rentang:"  # one has not reported
    assert said([*ALL, figure(3, "15.0", publication="koran-2024")])[0] == "Rentang:"  # one is in dispute
    assert said(ALL, survey=True)[0] == "Rentang:"  # a survey without a published error
    assert said([figure(at, "20.0") for at in (1, 2, 3, 4)])[0] == "Terbaru:"


def test_there_is_no_scene_before_the_first_figure_of_a_kecamatan() -> None:
    regency = observation(1, "20", indicator="stunting", series="ssgi")
    assert build(view(WallReader(known=house(), figures=[regency])), Path("tidak-ada")) is None


def test_internal_indicators_are_never_drawn() -> None:
    hidden = house(stunting(access="internal", role="supporting"))
    assert build(view(WallReader(known=hidden, figures=MONTH)), Path("tidak-ada")) is None


def test_only_one_period_is_shown_the_newest_that_half_have_reported() -> None:
    earlier = [figure(place, "10.0", "2026-09") for place in (1, 2, 3, 4)]
    assert "3 dari 4" in built([*earlier, *MONTH])["sub"]
    begun = built([*earlier, MONTH[0]])
    assert begun["sub"].startswith("e-PPGBM September 2026 · 4 dari 4")
    assert by_name(begun)["Barat Laut"]["value"] == "10,0%"


def test_two_series_are_never_on_one_map() -> None:
    other = figure(4, "99.0", series="ssgi")
    assert by_name(built([*MONTH, other]))["Tenggara"]["none"] == "belum ada data"


def test_a_headline_that_half_of_the_kecamatan_report_is_shown_else_what_most_do() -> None:
    wifi = [figure(place, "5", indicator="wifi") for place in (1, 2, 3)]
    both = house(stunting("wifi", direction="higher"), stunting(), headlines=("stunting",))
    assert built([*MONTH, *wifi], both)["title"] == "stunting per kecamatan"
    more = [*MONTH, *wifi, figure(4, "5", indicator="wifi")]
    assert built(more, both)["title"] == "stunting per kecamatan"
    assert built([MONTH[0], *more[3:]], both)["title"] == "wifi per kecamatan"
    families = house(stunting("wifi", direction="none"), stunting())
    assert built(more, families)["title"] == "stunting per kecamatan"


def test_a_disputed_figure_is_two_figures_and_nothing_to_guests() -> None:
    rival = figure(3, "15.0", publication="koran-2024")
    scene = built([*MONTH, rival])
    assert (by_name(scene)["Barat Daya"]["value"], by_name(scene)["Barat Daya"]["none"]) == ("", "beda data")
    assert [each["lead"] for each in scene["worst"]] == ["Timur Laut", "Barat Laut"]
    assert "Barat Daya" not in by_name(built([*MONTH, rival], guest=True))


def test_a_doubtful_figure_is_marked_and_not_shaded() -> None:
    weak = [*MONTH[:2], figure(3, "99.0", marks=frozenset({"doubtful"}))]
    area = by_name(built(weak))["Barat Daya"]
    assert (area["value"], area["none"], area["level"]) == ("", "diragukan", 0)


def test_outlines_take_the_place_of_the_schematic_word(tmp_path: Path) -> None:
    collection(tmp_path, {code: square(at) for at, code in enumerate(CENTRES)})
    scene = built(MONTH, folder=tmp_path)
    assert scene["note"] == "angka Oktober 2026 · peta disederhanakan, bukan batas resmi"
    assert all(each["path"].startswith("M") for each in scene["areas"])


def test_a_unit_that_is_long_stands_once() -> None:
    scene = built([figure(1, "1559", step=Decimal(1))], house(stunting(unit="keluarga", decimals=0)))
    assert scene["unit"] == "keluarga"
    assert by_name(scene)["Barat Laut"]["value"] == "1.559"
    assert scene["legend"][0] == "dari 1.559 keluarga"


def test_english_is_complete() -> None:
    scene = built(MONTH, lang="en")
    assert scene["title"] == "stunting (en) by kecamatan"
    assert by_name(scene)["Tenggara"]["none"] == "no data yet"


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.decimals(-100, 100, places=2), min_size=1, max_size=20))
def test_shades_are_equal_steps_that_follow_the_values(values: dict[str, Decimal]) -> None:
    levels = levels_of(values)
    assert set(levels.values()) <= {1, 2, 3, 4, 5}
    for one in values:
        for other in values:
            assert values[one] >= values[other] or levels[one] <= levels[other]


PLACES = st.dictionaries(
    st.integers(1, 99).map(str),
    st.tuples(st.integers(0, 40).map(lambda n: n / 10), st.integers(-20, 20).map(lambda n: n / 10)),
    min_size=1,
    max_size=24,
)


@given(PLACES)
def test_no_two_tiles_share_a_cell_and_north_and_east_stay_where_they_are(places: dict[str, Place]) -> None:
    grid = grid_of(places)
    assert len(set(grid.cells.values())) == len(places)
    assert {(0 <= x < grid.columns, 0 <= y < grid.rows) for x, y in grid.cells.values()} == {(True, True)}
    for one, (x, y) in places.items():
        for other, (east, north) in places.items():
            assert not (x < east and grid.cells[one][0] > grid.cells[other][0])
            assert not (y > north and grid.cells[one][1] > grid.cells[other][1])


@given(PLACES)
def test_the_order_of_the_input_changes_nothing(places: dict[str, Place]) -> None:
    assert grid_of(dict(reversed(places.items()))) == grid_of(places)


@pytest.mark.parametrize(("count", "size"), [(1, (1, 1)), (12, (4, 3))])
def test_places_on_a_lattice_fill_a_grid_of_four_to_three(count: int, size: tuple[int, int]) -> None:
    places = {str(at): (at % 4 + at / 1000, -(at // 4) - at / 1000) for at in range(count)}
    grid = grid_of(places)
    assert (grid.columns, grid.rows) == size


def test_shares_run_from_the_west_and_from_the_north() -> None:
    assert shares_of({"a": (116.0, -1.0), "b": (117.0, -3.0), "c": (116.5, -1.5)}) == {
        "a": (0.0, 0.0), "b": (1.0, 1.0), "c": (0.5, 0.25),
    }  # fmt: skip
    assert shares_of({"a": (116.0, -1.0)}) == {"a": (0.5, 0.5)}


def test_what_weakens_the_figures_of_a_map_is_said_above_it() -> None:
    weak = [*MONTH[:2], figure(3, "31.0", status="preliminary", marks=frozenset({"ikn_unknown"}))]
    assert "Oktober 2026 (sementara, IKN tak disebut) · " in built(weak)["sub"]
    assert "(" not in built(MONTH)["sub"]


def test_a_claim_is_called_a_claim() -> None:
    weak = [*MONTH[:2], figure(3, "99.0", marks=frozenset({"claim"}))]
    assert by_name(built(weak))["Barat Daya"]["none"] == "klaim"


@pytest.mark.parametrize(("period", "lead"), [("2026-10", "Paling tinggi:"), ("2015-10", "Rentang:")])
def test_nobody_is_called_the_worst_by_figures_that_are_too_old(period: str, lead: str) -> None:
    known = house(stunting(max_age=2))
    values = enumerate(("12.0", "20.0", "31.0", "44.0"), 1)
    scene = built([figure(place, value, period) for place, value in values], known)
    assert scene["sentence"] is not None
    assert scene["sentence"]["lead"] == lead


def test_what_few_report_is_shown_after_what_is_old() -> None:
    known = house(stunting("kumuh", max_age=2, direction="lower"), stunting())
    old = [figure(place, "5.0", "2015-10", indicator="kumuh") for place in (1, 2, 3)]
    assert built([*old, figure(1, "12.0")], known)["title"] == "kumuh per kecamatan"
