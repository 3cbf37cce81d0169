from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

import pytest
from dash.development.base_component import Component
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.feed_tables import Accounting, account, accounting_line
from dashboard.components.schedules import schedule_words
from dashboard.components.selection import Selection, cut, linker, read_selection
from dashboard.data import Reader, Scene
from dashboard.pages.sources import build
from dashboard.urls import Lang, State
from tests.unit.api.samples import (
    ATTEMPT,
    CONTEST,
    FINDING,
    MOMENT,
    RUN,
    VINTAGE,
    FakeReader,
    Status,
    observation,
)
from tests.unit.dashboard.rendered import chosen, links, rows, walk, words

NOW = MOMENT + dt.timedelta(days=3)


def page(reader: FakeReader | None = None, lang: Lang = "id", **picked: Any) -> list[Component]:
    reader = reader or FakeReader()
    scene = Scene(cast(Reader, reader), State(lang=lang), VINTAGE, reader.known, reader.known.region["64.01"])
    return build(scene, Selection(**picked), "64.01", NOW).children


def section(children: list[Component], anchor: str) -> Component:
    return next(each for each in walk(children) if getattr(each, "id", None) == anchor)


def test_the_headline_says_what_needs_somebody() -> None:
    assert words(page()[0]).startswith("1 baris dikembalikan dan 1 beda data menunggu keputusan")


def test_nothing_to_do_is_said_as_well() -> None:
    reader = FakeReader(found=[], contests=[])
    reader.runs = lambda limit, offset=0: [replace(RUN, refused=0, rows_read=9)]  # type: ignore[method-assign]
    assert "Tidak ada kiriman terlambat, baris dikembalikan, atau beda data" in words(page(reader)[0])


def test_the_rows_add_up_in_sight() -> None:
    assert "10 baris dibaca = 7 diterima + 2 tidak berubah + 1 dikembalikan" in words(page())
    assert "tidak seimbang" not in words(page())


def test_rows_that_got_lost_are_an_alarm() -> None:
    reader = FakeReader()
    reader.runs = lambda limit, offset=0: [replace(RUN, accepted=6)]  # type: ignore[method-assign]
    assert "tidak seimbang" in words(page(reader))


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))))
def test_only_the_last_load_of_each_file_is_counted(loads: list[tuple[str, int, int, int]]) -> None:
    runs = [
        replace(RUN, files=(file,), rows_read=sum(counts), accepted=counts[0], unchanged=counts[1], refused=counts[2])
        for file, *counts in loads
    ]
    last = {file: counts for file, *counts in reversed(loads)}
    sums = account(runs)
    assert sums.balanced
    assert (sums.files, sums.read) == (len(last), sum(map(sum, last.values())))


def test_thousands_are_written_the_indonesian_way() -> None:
    line = accounting_line(Accounting(7, 2059, 2055, 0, 4), "id")
    assert line == "2.059 baris dibaca = 2.055 diterima + 0 tidak berubah + 4 dikembalikan"


def test_a_feed_shows_schedule_last_try_rows_and_age() -> None:
    feed = rows(section(page(), "kiriman"))[0]
    assert feed[0] == "Terbitan BPS bps · tanpa penanggung jawab"
    assert feed[1] == "setiap Senin 06.00 WITA berikutnya 30 November 2026 06.00 WITA"
    assert feed[2] == "22 November 2026 11.25 WITA dimuat"
    assert feed[3] == "22 November 2026 11.25 WITA 3 hari"
    assert feed[4:] == ["tanpa batas kirim", "9", "1", "1"]


def test_a_feed_never_tried_says_so() -> None:
    assert rows(section(page(), "kiriman"))[1][2:] == [
        "belum pernah",
        "belum pernah",
        "tanpa batas kirim",
        "–",
        "–",
        "–",
    ]


def test_a_failed_feed_says_why() -> None:
    reader = FakeReader()
    failed = replace(ATTEMPT, outcome="failed", message="berkas tidak terbaca")
    reader.feed_status = lambda: [Status("bps", failed, None, 0, 0)]  # type: ignore[method-assign]
    feed = rows(section(page(reader), "kiriman"))[0]
    assert feed[2].endswith("gagal berkas tidak terbaca")
    assert (feed[3], feed[6]) == ("belum pernah", "0")


def test_the_count_of_returned_rows_leads_to_them() -> None:
    addresses = [getattr(each, "href", "") for each in walk(section(page(), "kiriman")) if each._type == "A"]
    assert addresses == ["/data?kiriman=bps#dikembalikan", "/data#beda-data"]


def test_loads_and_catalogue_changes_are_one_chain() -> None:
    found = rows(section(page(), "penerimaan"))
    assert found[0][0] == "3 · 1a2b3c4d"
    assert found[0][2:] == ["Terbitan BPS pemuatan data 2 · bps.csv", "10", "7", "2", "1"]
    assert found[1][2] == "Katalog diperbarui arti, target, bobot; skor dihitung ulang"


def test_a_returned_row_comes_with_place_content_and_sentence() -> None:
    found = rows(section(page(), "dikembalikan"))
    assert found == [["bps.csv baris 9 · kolom period", "undated", "Undated", "Periode tidak ada."]]


def test_a_warning_is_listed_but_not_counted_as_a_returned_row() -> None:
    reader = FakeReader(found=[FINDING, replace(FINDING, id=2, severity="warning", sentence="Berkas memuat nama.")])
    children = page(reader)
    chips = [words(each) for each in walk(children) if getattr(each, "href", None) == "#dikembalikan"]
    assert chips == ["Dikembalikan 1"]
    assert "Berkas memuat nama." in words(section(children, "dikembalikan"))


def test_returned_rows_are_filtered_through_the_address() -> None:
    others = [replace(FINDING, id=2, rule="angka-ambigu", feed="targets", severity="warning")]
    reader = FakeReader(found=[FINDING, *others])
    shown = section(page(reader, aturan="angka-ambigu"), "dikembalikan")
    assert [row[2] for row in rows(shown)] == ["Angka ambigu peringatan"]
    assert chosen(shown) == ["Semua 1", "Angka ambigu 1"]
    assert links(shown)["Target 1"] == "/data?kiriman=targets&aturan=angka-ambigu#dikembalikan"
    empty = section(page(reader, aturan="angka-ambigu", kiriman="bps"), "dikembalikan")
    assert "Tidak ada baris yang dikembalikan dengan pilihan ini." in words(empty)


def test_long_lists_are_turned_page_by_page() -> None:
    reader = FakeReader(found=[replace(FINDING, id=at, row=at) for at in range(1, 26)])
    second = section(page(reader, hal=2), "dikembalikan")
    assert rows(second)[0][0] == "bps.csv baris 11 · kolom period"
    assert "Halaman 2 dari 3" in words(second)
    assert links(second)["Berikutnya"] == "/data?hal=3#dikembalikan"
    assert links(second)["Sebelumnya"] == "/data#dikembalikan"
    last = section(page(reader, hal=99), "dikembalikan")
    assert "Halaman 3 dari 3" in words(last)
    assert "Berikutnya" not in links(last)


def test_a_conflict_shows_both_values_sources_and_how_far_apart() -> None:
    row = rows(section(page(), "beda-data"))[0]
    assert row[0] == "poverty-rate beda tingkat"
    assert row[1:3] == ["Paser", "2024"]
    assert row[3].startswith("8,63% Kemiskinan 2024 ")
    assert row[3].endswith(" · resmi")
    assert row[4].startswith('11% =Kabar "Paser", 2024 ')
    assert row[5] == "2,37 poin"


def test_the_reasons_are_counted_and_can_be_chosen() -> None:
    contests = section(page(), "beda-data")
    assert "2 kunci" in words(contests)
    assert chosen(contests) == ["beda data 1", "Semua 1"]
    assert links(contests)["nilai sama 1"] == "/data?alasan=same#beda-data"
    same = section(page(alasan="same"), "beda-data")
    assert [row[1] for row in rows(same)] == ["Kutai Timur"]
    assert "Semua sumber memberi nilai yang sama." in words(same)


def test_conflicts_are_filtered_by_region() -> None:
    assert rows(section(page(daerah="64.08"), "beda-data")) == []
    assert len(rows(section(page(daerah="64.01"), "beda-data"))) == 1
    assert rows(section(page(daerah="lain"), "beda-data")) == []


def test_the_widest_disputed_conflict_comes_first() -> None:
    near = replace(CONTEST, period="2023", bands_differ=False)
    far = replace(near, period="2022", others=(observation(7, "20"),))
    found = rows(section(page(FakeReader(contests=[near, far, CONTEST])), "beda-data"))
    assert [row[2] for row in found] == ["2024", "2022", "2023"]


def test_categories_and_other_series_are_named_as_such() -> None:
    shown = observation(1, None, indicator="wtp", category="WTP", step=None)
    other = observation(2, None, indicator="wtp", category="WDP", step=None, series="lama", region="64.08")
    contest = replace(CONTEST, indicator="wtp", shown=shown, others=(other,), kind="target", bands_differ=False)
    row = rows(section(page(FakeReader(contests=[contest])), "beda-data"))[0]
    assert row[0] == "wtp target"
    assert row[4].startswith("WDP · seri lama, untuk Kutai Timur")
    assert row[5] == "kategori seri lama"


def test_a_difference_within_another_series_names_it() -> None:
    others = tuple(observation(at, value, series="lama") for at, value in ((2, "9"), (3, "11")))
    row = rows(section(page(FakeReader(contests=[replace(CONTEST, others=others)])), "beda-data"))[0]
    assert row[5] == "2,00 poin seri lama"


def test_internal_figures_stay_inside() -> None:
    hidden = replace(CONTEST, indicator="rahasia", shown=observation(5, indicator="rahasia"))
    assert rows(section(page(FakeReader(contests=[hidden])), "beda-data")) == []


def test_other_units_differ_in_their_own_unit() -> None:
    contest = replace(
        CONTEST,
        shown=observation(1, "14800", unit="miliar Rp", step=Decimal(1)),
        others=(observation(2, "14000", unit="miliar Rp", step=Decimal(100)),),
    )
    assert rows(section(page(FakeReader(contests=[contest])), "beda-data"))[0][5] == "Rp800 miliar"


def test_every_table_has_a_caption_a_head_and_a_named_region() -> None:
    tables = [each for each in walk(page()) if each._type == "Table"]
    assert len(tables) == 4  # nobody has promised anything here
    for each in tables:
        assert words([one for one in walk(each) if one._type == "Caption"])
        assert all(getattr(one, "scope", None) in ("col", "row") for one in walk(each) if one._type == "Th")


def test_english_is_complete() -> None:
    text = words(page(lang="en"))
    assert "1 returned rows and 1 with differing sources awaiting a ruling" in text
    assert "every Monday 06:00 WITA" in text


@pytest.mark.parametrize(
    ("cron", "text"),
    [
        (None, "tanpa jadwal"),
        ("30 6 * * *", "setiap hari 06.30 WITA"),
        ("0 6 * * mon-fri", "setiap Senin–Jumat 06.00 WITA"),
        ("0 6 * * tue,thu", "setiap Selasa, Kamis 06.00 WITA"),
        ("0 6 5 * *", "tanggal 5 setiap bulan 06.00 WITA"),
        ("*/15 * * * *", "setiap 15 menit"),
        ("0 6 5 1 *", "0 6 5 1 *"),
        ("0 6 * * 1", "0 6 * * 1"),
        ("@daily", "@daily"),
    ],
)
def test_a_schedule_is_said_in_words_or_as_it_stands(cron: str | None, text: str) -> None:
    assert schedule_words(cron, "id") == text


@given(st.dictionaries(st.sampled_from(["hal", "hal_beda", "kiriman", "alasan"]), st.text(max_size=12)))
def test_any_address_gives_a_selection(query: dict[str, str]) -> None:
    picked = read_selection(query)
    assert min(picked.hal, picked.hal_beda, picked.hal_terima) >= 1


def test_links_keep_region_language_and_the_other_filters() -> None:
    link = linker("/data", State(wilayah="64.09", lang="en"), Selection(kiriman="bps"))
    assert link("dikembalikan", hal=2) == "/data?wilayah=64.09&lang=en&kiriman=bps&hal=2#dikembalikan"
    assert link("dikembalikan", kiriman=None) == "/data?wilayah=64.09&lang=en#dikembalikan"


@given(st.integers(0, 120), st.integers(1, 9))
def test_pages_lose_nothing(count: int, page_number: int) -> None:
    items = range(count)
    _, at, pages = cut(items, page_number)
    assert 1 <= at <= pages
    assert [each for number in range(1, pages + 1) for each in cut(items, number)[0]] == list(items)
