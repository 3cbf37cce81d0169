"""/data for the walidata: today's work with its letters, promises, Daftar Data, the scheduler."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, cast

import pytest
from dash.development.base_component import Component

from dashboard.components.selection import Selection
from dashboard.data import Reader, Scene
from dashboard.pages.sources import build
from dashboard.urls import Lang, State
from etl.stewardship.desk import GoingBack, Returned, Waiting
from etl.stewardship.obligation import Delivered
from tests.unit.api.samples import (
    ATTEMPT,
    CONTEST,
    MOMENT,
    SEEN,
    VINTAGE,
    FakeReader,
    Status,
    indicator,
    observation,
)
from tests.unit.dashboard.rendered import rows, walk, words
from tests.unit.stewardship.test_desk import known
from tests.unit.stewardship.test_obligation import feed

NOW = dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)
HOUSE = known(
    feed(since="2026-01"),
    feed("gizi", level="district", indicators=("poverty-rate",), since="2026-01"),
    feed("yatim", owner=None, due=None),
)


def reader(**changes: Any) -> FakeReader:
    plain: dict[str, Any] = {"scheduler": replace(SEEN, seen_at=NOW), "found": [], "contests": [], "figures": []}
    return FakeReader(known=HOUSE, **(plain | changes))


def page(given: FakeReader, lying: tuple[GoingBack, ...] = (), lang: Lang = "id") -> list[Component]:
    scene = Scene(cast(Reader, given), State(lang=lang), VINTAGE, given.known, given.known.region["64.01"])
    return build(scene, Selection(), "64.01", NOW, lying).children


def section(children: list[Component], anchor: str) -> Component:
    return next(each for each in walk(children) if getattr(each, "id", None) == anchor)


def months(id: str, *days: str) -> list[Delivered]:
    """Deliveries of January, February, … on the days given."""
    return [Delivered(id, f"2026-{at:02d}", dt.date.fromisoformat(day)) for at, day in enumerate(days, 1)]


KEPT = [f"2026-{month:02d}-05" for month in range(2, 12)]


def test_today_is_counted_by_kind_and_each_task_has_its_letter_to_copy() -> None:
    waits = [Waiting(7, "layanan", "data/inbox/layanan/a.xlsx", "shrunk", NOW)]
    lying = (GoingBack("gizi", "gizi okt", NOW.date(), "Yth. Dinas, mohon diperbaiki."),)
    card = section(page(reader(delivered=months("gizi", *KEPT[:-1]), waiting=waits), lying), "pekerjaan")
    counts = [words(each) for each in walk(card) if each._type == "Dd"]
    assert counts == ["1", "1", "2", "0"]
    text = words(card)
    assert "a.xlsx menunggu pemeriksaan sejak 12.00 WITA" in text
    assert "python -m etl accept 7 --by NAMA" in text
    assert "Isinya jauh lebih sedikit" in text
    assert "gizi okt: belum dapat dimuat" in text
    assert "Oktober 2026 terlambat 12 hari, batas 10 November 2026" in text
    buttons = [each for each in walk(card) if each._type == "Button"]
    assert "Yth. Dinas, mohon diperbaiki." in [getattr(each, "data-teks") for each in buttons]
    assert len(buttons) == 4


def test_a_day_without_work_says_so() -> None:
    children = page(reader(delivered=months("layanan", *KEPT) + months("gizi", *KEPT)))
    assert "Tidak ada pekerjaan hari ini" in words(section(children, "pekerjaan"))


def heading(given: FakeReader, lang: Lang = "id") -> str:
    return words(next(each for each in walk(page(given, lang=lang)[0]) if each._type == "H1"))


def test_the_headline_names_late_deliveries_before_returned_rows_and_conflicts() -> None:
    given = reader(contests=[CONTEST])
    assert heading(given) == "2 kiriman terlambat, 1 baris dikembalikan, dan 1 beda data menunggu keputusan"
    expected = "2 late deliveries, 1 returned rows, and 1 with differing sources awaiting a ruling"
    assert heading(given, "en") == expected
    given.contests = []
    assert heading(given) == "2 kiriman terlambat dan 1 baris dikembalikan"


def test_the_headline_does_not_call_late_what_was_due_before_anybody_asked() -> None:
    given = replace(reader(), known=known(feed(), feed("gizi", frequency="year", due=330)))
    given.runs = lambda limit, offset=0: []  # type: ignore[method-assign]
    assert heading(given) == "1 kiriman terlambat dan 1 kiriman belum diterima"


def test_what_is_due_this_week_or_in_its_grace_is_not_called_late() -> None:
    house = known(feed(due=25, since="2026-10"), feed("gizi", due=20, grace=9, since="2026-10"))
    text = words(section(page(replace(reader(), known=house)), "pekerjaan"))
    assert "Oktober 2026 paling lambat 25 November 2026" in text
    assert "Oktober 2026 lewat batas 20 November 2026, masa tenggang sampai 29 November 2026" in text
    assert "terlambat" not in text.replace("Terlambat", "")


def test_late_releases_are_their_producers_and_nobodys_work() -> None:
    house = known(more=(indicator("ssgi", release={"months_after": 5}),))
    given = replace(reader(), known=house, figures=[observation(1, indicator="ssgi")])
    card = section(page(given), "pekerjaan")
    assert "1 rilis produsen seharusnya sudah terbit, belum dimuat; bukan kewajiban Perangkat Daerah" in words(card)
    assert "Angka 2025 dari Badan Pusat Statistik belum dimuat" in words(card)


def test_a_scheduler_that_is_not_seen_is_an_alarm() -> None:
    assert "Penjadwal" not in words(page(reader()))
    silent = replace(reader(), scheduler=replace(SEEN, seen_at=NOW - dt.timedelta(hours=2)))
    assert "Penjadwal tidak terlihat sejak 10.00 WITA" in words(page(silent))
    assert "Penjadwal belum pernah terlihat" in words(page(replace(reader(), scheduler=None)))


@pytest.mark.parametrize(
    ("outcome", "shown"),
    [
        ("waiting", "menunggu pemeriksaan Menunggu pemeriksaan walidata sejak 22 November 2026 11.25 WITA"),
        ("returned", "dikembalikan walidata Angkanya ganda."),
        ("interrupted", "terputus Angkanya ganda."),
        (None, "sedang berjalan Tidak memberi tanda sejak 11.25 WITA"),
    ],
)
def test_every_ending_has_its_word_and_reason(outcome: Any, shown: str) -> None:
    given = reader()
    message = None if outcome in (None, "waiting") else "Angkanya ganda."
    last = replace(ATTEMPT, feed="layanan", outcome=outcome, message=message)
    given.feed_status = lambda: [Status("layanan", last, None, 0, 0)]  # type: ignore[method-assign]
    first = rows(section(page(given), "kiriman"))[0]
    assert first[0] == "layanan layanan · Diskominfostaper"
    assert shown.replace("22 November 2026 ", "") in first[2]


def test_the_rate_of_an_office_is_of_what_fell_due() -> None:
    given = reader(delivered=months("layanan", *KEPT[:-1], "2026-11-20") + months("gizi", *KEPT))
    card = section(page(given), "ketepatan")
    [row] = rows(card)
    assert row[0] == "Diskominfostaper"
    assert row[1] == "layanan, gizi"
    assert row[2] == "11 dari 12"
    assert row[3:] == ["10 hari", "0"]
    assert "Kiriman tanpa penanggung jawab: yatim (yatim)" in words(card)


def test_the_register_says_how_many_cells_are_filled() -> None:
    cells = {("poverty-rate", "utama", "64.01.01", "2026-10")}
    card = section(page(reader(delivered=months("gizi", *KEPT), cells=cells)), "daftar-data")
    assert "Diskominfostaper · 2 kiriman · terisi 3%" in words(card)
    assert rows(card)[1] == ["poverty-rate", "gizi", "1 dari 20 sel", "5%"]


def test_internal_indicators_are_not_in_the_register() -> None:
    house = known(feed("gizi", indicators=("rahasia",)))
    assert "rahasia" not in words(page(replace(reader(), known=house)))


def test_rows_that_were_returned_of_a_letter_are_counted() -> None:
    returned = [Returned(5, "gizi", "gizi okt.xlsx", 3)]
    lying = (GoingBack("gizi", "gizi okt", NOW.date(), "Yth."),)
    assert "gizi okt: 3 baris dikembalikan" in words(page(replace(reader(), returned=returned), lying))


def test_english_is_complete() -> None:
    waits = [Waiting(7, "layanan", None, "steward", MOMENT)]
    text = words(page(reader(waiting=waits), lang="en"))
    assert "Today's work" in text
    assert "October 2026 is 12 days late, due 10 November 2026, and 9 periods before" in text
    assert "0 of 12" in text
