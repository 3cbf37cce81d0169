"""Pekerjaan hari ini, its letters, and how a feed stands in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from etl.catalogue.models import Catalogue, Indicator, Office, Urusan
from etl.measures.observation import AttemptOutcome
from etl.stewardship.data_register import cells_wanted, holdings, periods_owed, regions_owed
from etl.stewardship.desk import Desk, GoingBack, Returned, Waiting, conflicts_by_feed, tasks
from etl.stewardship.feed_status import outcome_words, promise_words, reason, scheduler_words
from etl.stewardship.letters import late_letter, receipt, reminder, working_days_later
from etl.stewardship.obligation import Obligation, obligations
from etl.stewardship.returned_letters import HIDDEN, going_back, guarded_letter
from tests.unit.api.samples import ATTEMPT, CONFLICTING, CONTEST, SAME, catalogue, indicator, region
from tests.unit.stewardship.test_obligation import LONG_AGO, TODAY, came, feed

NOW = dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)
OFFICE = Office(region="64.01", id="diskominfo", name="Dinas Kominfo", short="Diskominfostaper", provenance="uji")
SENDER = "Walidata Kabupaten Paser"


def known(*feeds: Any, more: tuple[Indicator, ...] = ()) -> Catalogue:
    return catalogue(
        feeds=feeds,
        offices=(OFFICE,),
        urusan=(Urusan(id="kominfo", name="Kominfo", offices={"64.01": "diskominfo"}),),
        indicators=(indicator("poverty-rate"), indicator("tpt"), indicator("rahasia", access="internal"), *more),
        regions=(
            region("64", "Kalimantan Timur", "province", None),
            region("64.01", "Kabupaten Paser"),
            region("64.01.01", "Batu Sopang", "district", "64.01"),
            region("64.01.02", "Tanjung Harapan", "district", "64.01"),
            region("64.09", "Penajam Paser Utara"),
            region("64.09.01", "Penajam", "district", "64.09"),
        ),
    )


def owed(start: dt.date = LONG_AGO, today: dt.date = TODAY, *periods: str, **changes: Any) -> list[Obligation]:
    return obligations(feed(**changes), [came(each, "2026-11-01") for each in periods], today, start)


def test_working_days_pass_over_the_weekend() -> None:
    assert working_days_later(dt.date(2026, 11, 19), 3) == dt.date(2026, 11, 24)  # from a Thursday
    assert working_days_later(dt.date(2026, 11, 21), 1) == dt.date(2026, 11, 23)  # from a Saturday


def test_a_late_letter_names_the_period_the_day_the_delay_and_what_is_asked() -> None:
    october = owed()[1]
    letter = late_letter(feed(), october, 2, OFFICE, SENDER, TODAY)
    assert letter.startswith("Yth. Diskominfostaper,\n\nData *layanan* untuk periode *Oktober 2026* belum kami terima.")
    assert "Batas kirimnya 10 November 2026, jadi sudah lewat 12 hari. Data 2 periode sebelumnya" in letter
    assert "paling lambat *25 November 2026*" in letter
    assert letter.endswith("Terima kasih.\nWalidata Kabupaten Paser")


def test_who_was_never_asked_is_not_reproached() -> None:
    october = owed(start=TODAY)[1]
    letter = late_letter(feed(), october, 0, None, SENDER, TODAY)
    assert letter.startswith("Yth. pengirim data,")
    assert "lewat" not in letter


def test_a_reminder_says_the_day_or_the_end_of_the_grace() -> None:
    before, after = dt.date(2026, 11, 8), dt.date(2026, 11, 12)
    assert "paling lambat *10 November 2026*" in reminder(feed(), owed(today=before)[1], OFFICE, SENDER, before)
    late = reminder(feed(), owed(today=after)[1], OFFICE, SENDER, after)
    assert "Batas kirim 10 November 2026 sudah lewat. Mohon dikirim paling lambat *15 November 2026*" in late


def test_a_receipt_says_by_when_the_answer_comes() -> None:
    assert "Hasilnya kami kabari paling lambat *25 November 2026*" in receipt(feed(), "a.xlsx", OFFICE, SENDER, TODAY)


def desk(**changes: Any) -> Desk:
    plain: dict[str, Any] = {"catalogue": known(feed(), feed("lapor")), "home": "64.01", "today": TODAY, "owed": {}}
    return Desk(**(plain | changes))


def test_the_desk_lists_checks_returns_late_ones_and_those_due_soon() -> None:
    late = obligations(feed(), [came("2026-09", "2026-10-02")], TODAY, dt.date(2026, 8, 20))
    soon = obligations(feed("lapor", due=25, since="2026-10"), [], TODAY, TODAY)
    waits = [Waiting(7, "layanan", "data/inbox/layanan/a.xlsx", "shrunk", NOW), Waiting(8, "x", None, "steward", NOW)]
    found = tasks(
        desk(
            owed={"layanan": late, "lapor": soon},
            waiting=waits,
            going_back=[GoingBack("lapor", "oktober", TODAY, "Yth. …"), GoingBack("hilang", "x", TODAY, "")],
            returned=[Returned(3, "lapor", "oktober.csv", 5)],
        )
    )  # fmt: skip
    assert [(each.kind, each.feed) for each in found] == [
        ("check", "layanan"), ("return", "lapor"), ("late", "layanan"), ("soon", "lapor"),
    ]  # fmt: skip
    check, back, behind, _ = found
    assert (check.number, check.file, check.cause) == (7, "a.xlsx", "shrunk")
    assert (back.file, back.count, back.letter) == ("oktober", 5, "Yth. …")
    assert behind.obligation == late[1]
    assert behind.earlier == 1  # August, and nothing of September


def test_who_is_late_because_his_file_goes_back_gets_one_letter() -> None:
    late = obligations(feed(), [], TODAY, dt.date(2026, 8, 20))
    found = tasks(desk(owed={"layanan": late}, going_back=[GoingBack("layanan", "oktober", TODAY, "Yth. …")]))
    assert [(each.kind, each.letter) for each in found] == [("return", "Yth. …"), ("late", "Yth. …")]


def test_conflicts_are_counted_for_each_feed_they_touch() -> None:
    other = replace(CONTEST, others=(replace(CONFLICTING, feed="koran"), replace(CONFLICTING, feed="koran")))
    assert conflicts_by_feed([CONTEST, other, SAME]) == {"bps": 2, "koran": 1}


def test_letters_that_lie_in_the_inbox_have_to_be_sent(tmp_path: Path) -> None:
    folder = tmp_path / "dikembalikan/lapor"
    folder.mkdir(parents=True)
    (folder / "2026-11-21-0123abcd-lapor okt.txt").write_text("Yth. Dinas", encoding="utf-8")
    (folder / "2026-11-21-0123abcd-lapor okt.xlsx").write_bytes(b"PK")
    (folder / "catatan.txt").write_text("bukan surat", encoding="utf-8")
    assert going_back(tmp_path) == [GoingBack("lapor", "lapor okt", dt.date(2026, 11, 21), "Yth. Dinas")]
    assert going_back(tmp_path / "tidak-ada") == []


@pytest.mark.parametrize(
    ("outcome", "message", "words"),
    [
        (None, None, "Sedang berjalan sejak 11.25 WITA."),
        ("failed", "Berkas rusak.", "Berkas rusak."),
        ("waiting", None, "Menunggu pemeriksaan walidata sejak 11.25 WITA: python -m etl accept 5 --by NAMA"),
        ("interrupted", None, "Terputus sebelum selesai; tidak ada yang dimuat. Penjadwal menjalankannya lagi."),
        ("returned", "Angkanya ganda.", "Angkanya ganda."),
    ],
)
def test_a_feed_says_why_it_stands_as_it_does(outcome: AttemptOutcome | None, message: str | None, words: str) -> None:
    said = reason(replace(ATTEMPT, outcome=outcome, message=message), ATTEMPT.heartbeat_at + dt.timedelta(minutes=1))
    assert said is not None
    assert said.id == words


def test_a_feed_at_rest_says_nothing_and_a_silent_one_since_when() -> None:
    assert reason(ATTEMPT, NOW) is None
    silent = reason(replace(ATTEMPT, outcome=None), NOW)
    assert silent is not None
    assert silent.id.startswith("Tidak memberi tanda sejak 11.25 WITA")
    never = reason(None, NOW)
    assert never is not None
    assert never.en == "Never tried."


def test_a_scheduler_that_died_shows_after_two_minutes() -> None:
    assert scheduler_words(NOW - dt.timedelta(seconds=119), None, NOW) is None
    died = scheduler_words(NOW - dt.timedelta(hours=9), None, NOW)
    assert died is not None
    assert died.id.startswith("Penjadwal tidak terlihat sejak 03.00 WITA")
    troubled = scheduler_words(NOW, "Katalog rusak.", NOW)
    assert troubled is not None
    assert troubled.id == "Katalog rusak."
    assert scheduler_words(None, None, NOW) is not None


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (owed(), "Oktober 2026 terlambat 12 hari, dan 11 periode lain"),
        (owed(TODAY), "Oktober 2026 belum diterima"),
        (owed(TODAY, dt.date(2026, 11, 8), since="2026-10"), "Oktober 2026 paling lambat 10 November 2026"),
        (owed(TODAY, TODAY, "2026-10"), "Oktober 2026 tepat waktu"),
        (owed(TODAY, TODAY, due=40, since="2026-10"), "Oktober 2026 paling lambat 10 Desember 2026"),
    ],
)
def test_a_promise_is_said_by_its_most_urgent_period(found: list[Obligation], words: str) -> None:
    said = promise_words(found)
    assert said is not None
    assert said.id == words


def test_a_period_that_came_late_stays_late() -> None:
    found = obligations(feed(), [came("2026-10", "2026-11-20")], TODAY, dt.date(2026, 11, 1))
    said = promise_words(found)
    assert said is not None
    assert said.id == "Oktober 2026 terlambat 10 hari"
    assert promise_words([]) is None


def test_cells_are_regions_times_periods_that_were_due() -> None:
    wide = feed("gizi", level="district", indicators=("poverty-rate", "tpt"), defaults={"series": "eppgbm"})
    acts = feed("aksi", records="action")
    sent = [came("2026-10", "2026-11-05", "gizi"), came(None, "2026-11-05", "aksi")]
    start = dt.date(2026, 10, 1)
    both = {each.id: obligations(each, sent, TODAY, start) for each in (wide, acts)}
    house = known(wide, acts, feed("bebas", frequency=None, due=None, grace=0))
    assert regions_owed(house, wide, "64.01") == ("64.01.01", "64.01.02")
    assert regions_owed(house, feed(), "64.09") == ("64.09",)
    assert periods_owed(both["gizi"]) == ("2026-10", "2026-09")
    wanted = cells_wanted(house, "64.01", both)
    assert wanted.regions == {"64.01.01", "64.01.02"}
    cells = {
        ("poverty-rate", "eppgbm", "64.01.01", "2026-10"),
        ("poverty-rate", "ssgi", "64.01.02", "2026-10"),  # another series
        ("tpt", "eppgbm", "64.09.01", "2026-10"),  # another regency
        ("tpt", "eppgbm", "64.01.01", "2026-07"),  # not owed
    }
    rows = [(each.feed, each.indicator, each.filled, each.owed) for each in holdings(house, "64.01", both, cells)]
    assert rows == [("gizi", "poverty-rate", 1, 4), ("gizi", "tpt", 0, 4), ("aksi", None, 1, 2)]


def test_a_letter_that_may_quote_what_is_not_public_shows_none_of_its_words() -> None:
    secret = indicator("insiden", access="internal")
    feeds = (feed(id="siber", indicators=["insiden"]), feed(id="wifi", indicators=["ipm"]), feed(id="campur"))
    house = catalogue(indicators=(indicator("ipm"), secret), feeds=feeds)
    letters = [GoingBack(each.id, "oktober", TODAY, "Yth. …") for each in feeds]
    assert [guarded_letter(each, house).letter for each in letters] == [HIDDEN, "Yth. …", HIDDEN]
    assert guarded_letter(letters[2], catalogue(indicators=(indicator("ipm"),), feeds=feeds)) == letters[2]


@pytest.mark.parametrize(
    ("rows", "refused", "said"),
    [(5, 5, "tidak ada yang dimuat"), (5, 4, "dimuat"), (0, 0, "dimuat")],
)
def test_a_run_whose_every_row_was_returned_does_not_say_that_it_loaded(rows: int, refused: int, said: str) -> None:
    assert outcome_words("loaded", rows, refused).id == said
