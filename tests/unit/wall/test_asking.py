"""What an address of a wall asks for: anything gives a wall that can be shown, and an address keeps the whole of it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.settings import REGENCIES
from dashboard.wall.scene_registry import SCENES
from dashboard.wall.wall_address import GUEST, LIMITS, Wish, address, parse_wish
from etl.catalogue.wall_defaults import Wall

NAMES = ("wilayah", "adegan", "detik", "tema", "lang", "redup", "tetap", "preset", "inci", "jarak")
HOURS = st.integers(0, 23)
DIM = st.none() | st.tuples(HOURS, HOURS).filter(lambda both: both[0] != both[1])
CHOSEN = st.lists(st.sampled_from(tuple(SCENES)), min_size=1, unique=True).map(tuple)
WALLS = st.builds(
    Wall,
    scenes=CHOSEN,
    seconds=st.integers(*LIMITS["detik"]),
    theme=st.sampled_from(("gelap", "terang")),
    dim=DIM,
    inches=st.integers(*LIMITS["inci"]),
    metres=st.integers(*LIMITS["jarak"]),
)
WISHES = st.builds(
    Wish,
    region=st.sampled_from(REGENCIES),
    lang=st.sampled_from(("id", "en")),
    theme=st.sampled_from(("gelap", "terang")),
    guest=st.booleans(),
    scenes=CHOSEN,
    seconds=st.integers(*LIMITS["detik"]),
    dim=DIM,
    pinned=st.none() | st.sampled_from(tuple(SCENES)),
    inches=st.integers(*LIMITS["inci"]),
    metres=st.integers(*LIMITS["jarak"]),
)
SPELT = st.text(max_size=12) | st.integers().map(str) | st.tuples(HOURS, st.integers(0, 99)).map("{0[0]}-{0[1]}".format)
WORDY = st.lists(st.sampled_from((*SCENES, "", "dimension"))).map(",".join)
QUERIES = st.dictionaries(st.sampled_from(NAMES), SPELT | WORDY | st.sampled_from(("terang", "en", GUEST, "64.08")))


def read(written: str, wall: Wall | None = None) -> Wish:
    return parse_wish(dict(parse_qsl(urlsplit(written).query)), wall or Wall(), "64.01")


@given(QUERIES, WALLS)
def test_any_query_gives_a_wall_that_can_be_shown(query: dict[str, str], wall: Wall) -> None:
    wish = parse_wish(query, wall, "64.09")
    assert wish.region in REGENCIES
    assert wish.scenes
    assert len(set(wish.scenes)) == len(wish.scenes)
    assert set(wish.scenes) <= set(SCENES)
    assert wish.pinned is None or wish.pinned in SCENES
    assert wish.dim is None or (wish.dim[0] != wish.dim[1] and all(0 <= hour < 24 for hour in wish.dim))
    numbers = {"detik": wish.seconds, "inci": wish.inches, "jarak": wish.metres}
    assert all(LIMITS[name][0] <= number <= LIMITS[name][1] for name, number in numbers.items())
    assert {wish.lang, wish.theme} <= {"id", "en", "gelap", "terang"}


@given(WISHES, WALLS)
def test_an_address_keeps_a_wall_whatever_the_catalogue_says_later(wish: Wish, later: Wall) -> None:
    assert read(address(wish), later) == wish


def test_an_empty_address_is_the_catalogues_wall() -> None:
    wall = Wall(scenes=("spbe", "dimensi"), seconds=45, theme="terang", dim=(21, 5), inches=75, metres=8)
    wish = read("/wall", wall)
    assert (wish.scenes, wish.seconds, wish.theme, wish.dim) == (wall.scenes, 45, "terang", (21, 5))
    assert (wish.inches, wish.metres, wish.region, wish.lang, wish.guest) == (75, 8, "64.01", "id", False)


@pytest.mark.parametrize(
    ("text", "dim"),
    [
        ("22-6", (22, 6)),
        ("22-06", (22, 6)),
        ("0-0", None),
        ("7-7", None),
        ("24-6", (1, 2)),
        ("22", (1, 2)),
        ("-", (1, 2)),
        ("1-2-3", (1, 2)),
        ("٢-٣", (1, 2)),
    ],
)
def test_hours_of_dimmed_light_are_read_or_left_to_the_catalogue(text: str, dim: tuple[int, int] | None) -> None:
    assert read(f"/wall?redup={text}", Wall(dim=(1, 2))).dim == dim


@pytest.mark.parametrize("text", ["4", "601", "-20", "2e1", "9" * 5000, "²", "20.0"])
def test_a_number_that_is_none_or_out_of_limits_is_the_catalogues(text: str) -> None:
    assert read(f"/wall?detik={text}", Wall(seconds=33)).seconds == 33


def test_the_words_of_the_address_are_those_of_the_catalogue() -> None:
    assert set(SCENES) == set(Wall().scenes)
    for name, field in {"detik": "seconds", "inci": "inches", "jarak": "metres"}.items():
        limits = Wall.model_json_schema()["properties"][field]
        assert LIMITS[name] == (limits["minimum"], limits["maximum"])
