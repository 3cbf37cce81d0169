"""The wall's lists and its map over the shipped figures, a correction of them, and deliveries of an office."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.data import Reader, open_read_only, open_scene
from dashboard.urls import Lang, State
from dashboard.wall.scenes import changes, deliveries, districts
from dashboard.wall.snapshot import Asked, Snapshots
from dashboard.wall.view import View
from etl.catalogue.load import load_catalogue
from etl.jobs.connector_registry import CONNECTORS
from etl.jobs.loading.feed_run import run_feed
from etl.warehouse.engine import open_engine
from tests.jobs import job
from tests.shipping import NOW, ROOT, copy_shipped

NEXT_DAY = NOW + dt.timedelta(days=1)
CORRECTED = ("poverty_rate,paser,2025,8.13,", "poverty_rate,paser,2025,8.2,")
EPPGBM = "Kecamatan;Bulan;Prevalensi;Balita stunting;Balita ditimbang;Catatan\n"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What is shipped; a day later a figure is corrected and the office of health delivers all kecamatan but one."""
    folder = tmp_path_factory.mktemp("wall")
    address = copy_shipped(tmp_path_factory)
    shutil.copytree(ROOT / "data" / "published", folder / "data" / "published")
    society = folder / "data" / "published" / "society.csv"
    text = society.read_text(encoding="utf-8")
    assert text.count(CORRECTED[0]) == 1
    society.write_text(text.replace(*CORRECTED), encoding="utf-8")
    catalogue, engine = load_catalogue(ROOT, CONNECTORS), open_engine(address)
    below = [each for each in catalogue.regions if each.parent == "64.01" and each.level == "district"]
    rows = [f"{each.name};Oktober 2026;{at + 10},0;{at + 10};100;\n" for at, each in enumerate(below[1:])]
    inbox = folder / "data" / "inbox" / "stunting_eppgbm"
    inbox.mkdir(parents=True)
    (inbox / "oktober.csv").write_text(EPPGBM + "".join(rows), encoding="utf-8")
    for name in ("published-society", "stunting_eppgbm"):
        [report] = run_feed(job(engine, catalogue, folder, NEXT_DAY), catalogue.feed[name])
        assert (report.ending, report.accepted > 0) == ("loaded", True), report
    engine.dispose()
    return address


@pytest.fixture(scope="module")
def reader(url: str) -> Iterator[Reader]:
    engine = open_read_only(url)
    yield Reader(engine)
    engine.dispose()


def view(reader: Reader, lang: Lang = "id", guest: bool = False, days: int = 1) -> View:
    page = open_scene(reader, State(lang=lang), "64.01")
    assert page is not None
    return View(page, NOW + dt.timedelta(days=days, hours=1), guest)


def test_a_correction_of_yesterday_is_told_and_gone_the_day_after_tomorrow(reader: Reader) -> None:
    for days, told in ((1, True), (2, True), (3, False)):
        scene = changes.build(view(reader, days=days))
        assert scene is not None
        items = [item for each in scene["groups"] if "Dikoreksi" in each["heading"] for item in each["items"]]
        assert [(each["lead"], each["text"]) for each in items] == (
            [("Kemiskinan Mar 2025", "dari 8,13% menjadi 8,2%")] if told else []
        )


def test_the_first_load_is_no_news(reader: Reader) -> None:
    scene = changes.build(view(reader))
    assert scene is not None
    assert not any("mendapat angka" in each["name"] for each in scene["counts"])
    assert all(len(each["items"]) <= 4 for each in scene["groups"])


def test_offices_that_nobody_had_asked_are_awaited_and_become_late_with_their_next_period(reader: Reader) -> None:
    today = deliveries.build(view(reader))
    assert today is not None
    assert "terlambat" not in json.dumps(today["groups"])
    later = deliveries.build(view(reader, days=60))
    assert later is not None
    assert later["groups"][0]["heading"] == "Terlambat"
    assert later["sentence"] is not None
    assert later["sentence"]["lead"] == "Terlambat:"


def test_beda_data_is_told_with_both_values(reader: Reader) -> None:
    scene = deliveries.build(view(reader))
    assert scene is not None
    items = [item for each in scene["groups"] if each["heading"] == "Beda data" for item in each["items"]]
    assert ("Kemiskinan Mar 2022", "9,43% atau 9,73%") in [(each["lead"], each["text"]) for each in items]


def test_the_map_shows_the_kecamatan_of_the_delivery_and_names_the_silent_one(reader: Reader) -> None:
    scene = districts.build(view(reader))
    assert scene is not None
    assert scene["title"] == "Stunting per kecamatan"
    assert "9 dari 10 kecamatan" in scene["sub"]
    assert [each["name"] for each in scene["areas"] if each["none"] == "belum lapor"] == ["Batu Sopang"]
    assert [each["text"] for each in scene["worst"]][:5] == ["18,0%", "17,0%", "16,0%", "15,0%", "14,0%"]
    assert len({(each["column"], each["row"]) for each in scene["areas"]}) == 10


def test_a_regency_that_delivers_nothing_by_kecamatan_shows_what_was_published(reader: Reader) -> None:
    page = open_scene(reader, State(wilayah="64.09"), "64.01")
    assert page is not None
    scene = districts.build(View(page, NEXT_DAY))
    assert scene is not None
    assert (scene["title"], scene["sub"]) == ("Desa mandiri per kecamatan", "IDM 2024 · 4 dari 4 kecamatan")


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("guest", [False, True])
def test_every_text_fits_a_wall(reader: Reader, lang: Lang, guest: bool) -> None:
    shown = view(reader, lang, guest)
    for scene in filter(None, (build(shown) for build in (deliveries.build, changes.build, districts.build))):
        assert scene["sentence"] is not None
        assert all(len(scene["sentence"]["lead"]) + 1 + len(each) <= 95 for each in scene["sentence"]["texts"])
        items = [item for each in scene.get("groups", []) for item in each["items"]] + scene.get("worst", [])
        assert all(len(each["lead"]) <= 45 and len(each["text"]) <= 45 for each in items)
        assert len(scene["sub"]) <= 70
    assert (deliveries.build(shown) is None) == guest


ACTIONS = "Indikator;Wilayah;Penyebab;Tindakan;Penanggung jawab;Tenggat;Status;Catatan\n"


def copy_of(url: str, folder: Path) -> str:
    """Copy a warehouse as it stands."""
    with sqlite3.connect(url.removeprefix("sqlite:///")) as one, sqlite3.connect(folder / "warehouse.sqlite") as two:
        one.backup(two)
    one.close()
    two.close()
    return f"sqlite:///{folder / 'warehouse.sqlite'}"


def load(url: str, folder: Path, feed: str, now: dt.datetime) -> None:
    catalogue, engine = load_catalogue(ROOT, CONNECTORS), open_engine(url)
    [report] = run_feed(job(engine, catalogue, folder, now), catalogue.feed[feed])
    engine.dispose()
    assert report.ending == "loaded", report


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["64.01;Sepi;Kunjungan rumah;Dinas Kesehatan;30-11-2026;rencana;"], "Dinkes: Kunjungan rumah 30 Nov."),
        (["64.01;Sepi;Kunjungan rumah;Dinas Kesehatan;30-10-2026;berjalan;"],
         "Dinkes: Kunjungan rumah lewat tenggat 30 Okt."),
        (["64.01;Sepi;Selesai dulu;Dinas Kesehatan;01-10-2026;selesai;",
          "64.01;Sepi;Tidak jadi;Dinas Kesehatan;02-10-2026;batal;",
          "64.01;Sepi;Kunjungan rumah;Dinas Kesehatan;31-01-2027;rencana;"], "Dinkes: Kunjungan rumah 31 Jan 2027."),
        (["64.09;Sepi;Urusan tetangga;Dinas Kesehatan;30-11-2026;rencana;"], "OPD: Dinkes."),
    ],
    ids=["open", "overdue", "closed ones are passed over", "of another region"],
)  # fmt: skip
def test_what_an_office_has_recorded_to_do_is_told_with_its_date(
    url: str, tmp_path: Path, rows: list[str], said: str
) -> None:
    inbox = tmp_path / "data" / "inbox" / "tindak_lanjut"
    inbox.mkdir(parents=True)
    (inbox / "a.csv").write_text(ACTIONS + "".join(f"Stunting;{each}\n" for each in rows), encoding="utf-8")
    address = copy_of(url, tmp_path)
    load(address, tmp_path, "tindak_lanjut", NEXT_DAY)
    engine = open_read_only(address)
    spoken, guest = (districts.build(view(Reader(engine), guest=each)) for each in (False, True))
    engine.dispose()
    assert spoken is not None
    assert guest is not None
    assert spoken["sentence"] is not None
    assert any(each.endswith(said) for each in spoken["sentence"]["texts"])
    assert not any(word in str(guest) for word in ("Dinkes", "Kunjungan", "Urusan tetangga"))


def test_a_changed_figure_is_on_the_walls_of_both_workers_at_once_and_the_old_one_is_gone(
    url: str, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "data" / "published", tmp_path / "data" / "published")
    society = tmp_path / "data" / "published" / "society.csv"
    address = copy_of(url, tmp_path)
    engines = [open_read_only(address) for _ in range(2)]
    workers = [Snapshots(Reader(engine), "1", lambda: NEXT_DAY) for engine in engines]

    def shown() -> list[str]:
        asked = [worker.printed(Asked("64.01", "id", False)) for worker in workers]
        scenes = [json.loads(each.plain)["scenes"] for each in asked if each is not None]
        rows = [row for each in scenes for scene in each for row in scene.get("rows", [])]
        return [row["value"] for row in rows if row["name"] == "Kemiskinan"]

    assert shown() == ["8,2%", "8,2%"]
    original = society.read_text(encoding="utf-8")
    for value, text in (("8.4", "8,4%"), ("8.3", "8,3%")):
        society.write_text(original.replace(CORRECTED[0], f"poverty_rate,paser,2025,{value},"), encoding="utf-8")
        load(address, tmp_path, "published-society", NEXT_DAY)
        assert shown() == [text, text]
        assert shown() == [text, text]
    for engine in engines:
        engine.dispose()
