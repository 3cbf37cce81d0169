"""The wall's deliveries: who is late with what was asked, what waits, what contradicts; producers stand apart."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from dashboard.wall.content import WallScene
from dashboard.wall.scenes.deliveries import build
from etl.stewardship.desk import Returned, Waiting
from tests.unit.api.samples import CONTEST, SEEN, indicator, observation
from tests.unit.stewardship.test_desk import known
from tests.unit.stewardship.test_obligation import feed
from tests.unit.wall.reader import WallReader, view

NOW = dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)
HOUSE = known(feed(since="2026-10"), feed("gizi", since="2026-09"))
QUIET = known()


def reader(**changes: Any) -> WallReader:
    plain: dict[str, Any] = {
        "known": HOUSE, "figures": [], "contests": [], "found": [], "scheduler": replace(SEEN, seen_at=NOW),
    }  # fmt: skip
    return WallReader(**(plain | changes))


def built(**changes: Any) -> WallScene:
    scene = build(view(reader(**changes), now=NOW))
    assert scene is not None
    return scene


def numbers(scene: WallScene) -> list[tuple[str, str]]:
    return [(each["value"], each["name"]) for each in scene["counts"]]


def lines(scene: WallScene, heading: str) -> list[tuple[str, str]]:
    return [
        (one["lead"], one["text"]) for each in scene["groups"] if each["heading"] == heading for one in each["items"]
    ]


def test_the_longest_late_comes_first_and_is_the_sentence() -> None:
    scene = built()
    assert lines(scene, "Terlambat") == [
        ("gizi", "Diskominfostaper · terlambat 43 hari"),
        ("layanan", "Diskominfostaper · terlambat 12 hari"),
    ]
    assert numbers(scene) == [("2", "kiriman terlambat")]
    assert scene["sentence"] is not None
    assert (scene["sentence"]["lead"], scene["sentence"]["tone"]) == ("Terlambat:", "bad")
    assert scene["sentence"]["texts"][0] == "gizi Sep 2026 dari Diskominfostaper, sudah 43 hari."
    assert "2 kiriman terlambat" in scene["spoken"]


def test_what_fell_due_before_anybody_asked_is_awaited_and_never_called_late() -> None:
    scene = built(known=known(feed("lama", frequency="year", due=330)))  # 2024 fell due before Pantau began
    assert lines(scene, "Belum diterima") == [("lama", "Diskominfostaper · batas 26 Nov 2025")]
    assert numbers(scene) == [("1", "kiriman belum diterima")]
    assert "terlambat" not in str(scene).lower()


def test_returned_rows_waiting_deliveries_and_beda_data_are_counted() -> None:
    contest = replace(CONTEST, indicator="poverty-rate")
    scene = built(
        known=QUIET,
        contests=[contest],
        returned=[Returned(5, "gizi", "a.xlsx", 3), Returned(6, "gizi", "b.xlsx", 4)],
        waiting=[Waiting(7, "layanan", "a.xlsx", "steward", NOW)],
    )
    assert numbers(scene) == [("7", "baris dikembalikan"), ("1", "menunggu pemeriksaan"), ("1", "beda data")]
    assert lines(scene, "Beda data") == [("poverty-rate 2024", "8,63% atau 11%")]
    assert scene["note"] == "angka 2024"


def test_a_day_without_anything_has_no_scene_and_guests_never_see_it() -> None:
    assert build(view(reader(known=QUIET), now=NOW)) is None
    assert build(view(reader(), guest=True, now=NOW)) is None


def test_late_producers_are_told_apart_and_make_no_scene_alone() -> None:
    more = (indicator("ssgi", release={"months_after": 5}),)
    figures = [observation(1, indicator="ssgi")]
    assert build(view(reader(known=known(more=more), figures=figures), now=NOW)) is None
    scene = built(known=known(feed(since="2026-10"), more=more), figures=figures)
    assert lines(scene, "Rilis produsen belum dimuat") == [("ssgi", "angka 2025, jadwal Mei 2026")]
    assert numbers(scene) == [("1", "kiriman terlambat")]


def test_a_scheduler_that_is_not_seen_turns_the_badge() -> None:
    assert built()["late"] == ""
    assert built(scheduler=None)["late"] == "pemuatan data otomatis belum dijalankan"
    silent = replace(SEEN, seen_at=NOW - dt.timedelta(hours=2))
    assert built(scheduler=silent)["late"] == "pemuatan data otomatis berhenti sejak 10.00 WITA"
    troubled = replace(SEEN, seen_at=NOW, trouble="Katalog tidak dapat dibaca.")
    assert built(scheduler=troubled)["late"] == "jadwal pemuatan data perlu diperiksa"


def test_four_are_listed_and_the_rest_is_counted() -> None:
    scene = built(known=known(*(feed(f"kiriman-{at}", since="2026-10") for at in range(6))))
    [group] = scene["groups"]
    assert (len(group["items"]), group["more"]) == (4, "dan 2 lainnya")


def test_english_is_complete() -> None:
    scene = build(view(reader(contests=[CONTEST], scheduler=None), "en", now=NOW))
    assert scene is not None
    assert [each["heading"] for each in scene["groups"]] == ["Late", "Sources differ"]
    assert scene["late"] == "automatic intake was never started"


def test_targets_that_contradict_each_other_are_not_listed_as_figures() -> None:
    contest = replace(CONTEST, kind="target")
    [(lead, _)] = lines(built(known=QUIET, contests=[contest]), "Beda data")
    assert lead == "Target poverty-rate 2024"
