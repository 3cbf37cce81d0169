"""Periods as offices write them: known forms give one span, unclear ones a sentence, nothing is guessed."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.catalogue.period import from_code, label, parse_period, year_of

KNOWN = {
    "2024": "2024",
    " 2024 ": "2024",
    "Tahun 2024": "2024",
    "TA 2024": "2024",
    "2024-S1": "2024-S1",
    "Semester 2 2024": "2024-S2",
    "Smt. II Tahun 2024": "2024-S2",
    "H1 2024": "2024-S1",
    "2024-Q2": "2024-Q2",
    "2024q2": "2024-Q2",
    "Triwulan I 2024": "2024-Q1",
    "TW III 2024": "2024-Q3",
    "Tw.III/2024": "2024-Q3",
    "TW-4 2024": "2024-Q4",
    "Kuartal IV Tahun 2024": "2024-Q4",
    "triwulan ke-3 tahun 2024": "2024-Q3",
    "Triwulan Ketiga 2024": "2024-Q3",
    "2024-08": "2024-08",
    "2024/08": "2024-08",
    "08/2024": "2024-08",
    "Agt 2024": "2024-08",
    "Ags. 2024": "2024-08",
    "AGUSTUS 2024": "2024-08",
    "Bulan Agustus Tahun 2024": "2024-08",
    "2024 Agustus": "2024-08",
    "August 2024": "2024-08",
    "Nop 2023": "2023-11",
    "Pebruari 2023": "2023-02",
    "Des-2023": "2023-12",
    "2023.0": "2023",
    "2023,0": "2023",
    "8.0 2025.0": "2025-08",
    "AGTS 2025": "2025-08",
    "Agtus. 2025": "2025-08",
    "Febr 2025": "2025-02",
    "Spt 2025": "2025-09",
    "Nopem 2025": "2025-11",
    "IX/2024": "2024-09",
    "IX 2024": "2024-09",
    "2024-08-31": "2024-08-31",
    "2024-08-31 00:00:00": "2024-08-31",
    "31/08/2024": "2024-08-31",
    "04-04-2024": "2024-04-04",
    "31 Agustus 2024": "2024-08-31",
    "per 31 Agustus 2024": "2024-08-31",
    "Ｔｗ ＩＩ ２０２４": "2024-Q2",
}
CUMULATIVE = {
    "s.d. Juni 2024": "2024-06",
    "s/d Juni 2024": "2024-06",
    "sd. Juni 2024": "2024-06",
    "s.d. Triwulan II 2024": "2024-Q2",
    "sampai dengan Triwulan II 2024": "2024-Q2",
    "hingga 31 Agustus 2024": "2024-08-31",
    "Januari s.d. Juni 2024": "2024-06",
    "Jan–Agt 2024": "2024-08",
    "1 Januari - 31 Agustus 2024": "2024-08-31",
    "Kumulatif Juni 2024": "2024-06",
    "Juni 2024 (kumulatif)": "2024-06",
}
UNCLEAR = {
    "": "periode kosong; tulis misalnya 2024",
    " \u00a0": "periode kosong",
    "undated": "tidak dikenal",
    "Agt 24": "tidak dikenal",
    "20245": "tidak dikenal",
    "20245.0": "tidak dikenal",
    "2023.000": "tidak dikenal",
    "2.000 2023": "tidak dikenal",
    "2024.1": "Oktober",
    "2024*": "tidak dikenal",
    "XIII/2024": "tidak dikenal",
    "Juli-September 2024": "tidak dikenal",
    "Maret s.d. Juni 2024": "tidak dikenal",
    "Januari s.d. 2024": "tidak dikenal",
    "08/31/2024": "tidak dikenal",
    "2024-13": "bentuk yang sah",
    "2024-S3": "bentuk yang sah",
    "1899": "di luar 1900 sampai 2100",
    "Triwulan V 2024": "triwulan bernomor I sampai IV",
    "Semester III 2024": "semester bernomor I sampai II",
    "2023/2024": "lebih dari satu tahun",
    "2005-2023": "lebih dari satu tahun",
    "II/2024": "bulan, triwulan atau semester",
    "2 2024": "bulan, triwulan atau semester",
    "03/04/2024": "dua tanggal",
    "31 Februari 2024": "tidak ada dalam kalender",
    "2023-02-29": "tidak ada dalam kalender",
}


@pytest.mark.parametrize(("text", "code"), KNOWN.items())
def test_known_forms_are_read(text: str, code: str) -> None:
    period = parse_period(text)
    assert period.code == code
    assert not period.cumulative


@pytest.mark.parametrize(("text", "code"), CUMULATIVE.items())
def test_cumulative_forms_say_so(text: str, code: str) -> None:
    period = parse_period(text)
    assert period.code == code
    assert period.cumulative
    assert period == from_code(code)


@pytest.mark.parametrize(("text", "told"), UNCLEAR.items())
def test_unclear_forms_are_refused_with_a_sentence(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        parse_period(text)


def test_a_hint_decides_only_what_the_text_leaves_open() -> None:
    assert parse_period("II/2024", "quarter").code == "2024-Q2"
    assert parse_period("II/2024", "semester").code == "2024-S2"
    assert parse_period("II/2024", "month").code == "2024-02"
    assert parse_period("02/2024", "quarter").code == "2024-02"
    assert parse_period("IX/2024", "quarter").code == "2024-09"
    assert parse_period("2024", "month").code == "2024"
    with pytest.raises(ValueError, match="bulan, triwulan atau semester"):
        parse_period("III/2024", "semester")


def test_spans_begin_and_end_on_their_days() -> None:
    spans = {
        "2024": (dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        "2024-S1": (dt.date(2024, 1, 1), dt.date(2024, 6, 30)),
        "2024-Q3": (dt.date(2024, 7, 1), dt.date(2024, 9, 30)),
        "2024-02": (dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
    }
    assert {code: (from_code(code).start, from_code(code).end) for code in spans} == spans
    assert year_of(from_code("2024-Q3")) == 2024


@pytest.mark.parametrize(
    ("text", "indonesian", "english"),
    [
        ("2024", "2024", "2024"),
        ("2024-S1", "Semester I 2024", "H1 2024"),
        ("2024-Q2", "Triwulan II 2024", "Q2 2024"),
        ("2024-08", "Agustus 2024", "August 2024"),
        ("2024-08-05", "5 Agustus 2024", "5 August 2024"),
        ("s.d. Juni 2024", "s.d. Juni 2024", "up to June 2024"),
    ],
)
def test_labels_are_written_for_readers(text: str, indonesian: str, english: str) -> None:
    assert label(parse_period(text), "id") == indonesian
    assert label(parse_period(text), "en") == english
