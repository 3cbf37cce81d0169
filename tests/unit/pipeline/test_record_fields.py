"""Actions and evidence: every field is read into the catalogue's words, or its row is returned with its cell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from etl.catalogue.feeds import Feed
from etl.catalogue.load import load_catalogue
from etl.jobs.connector_registry import CONNECTORS
from etl.pipeline.batch import Batch
from etl.pipeline.layout.heads import HeadReader
from etl.pipeline.layout.sheet_lines import Lines
from etl.pipeline.record_fields import read_day, read_records, to_records
from etl.sheets.sheet import Sheet

CATALOGUE = load_catalogue(Path(__file__).resolve().parents[3], CONNECTORS)
ACTION = (
    "Stunting",
    "Kabupaten Paser",
    "Posyandu sepi",
    "Kunjungan rumah",
    "Dinas Kesehatan",
    "31-12-2026",
    "Berjalan",
)
EVIDENCE = ("SPBE 12", "64.01", "3", "Perbup arsitektur", "Perbup 12/2024", "2 Januari 2024", "")


def read(feed: Feed, *rows: tuple[str, ...]) -> tuple[pd.DataFrame, int, Batch]:
    heads = list(feed.columns.values())
    grid = [heads, *([*row, *[""] * (len(heads) - len(row))] for row in rows)]
    cells = pd.DataFrame(grid, range(1, len(grid) + 1), list("ABCDEFGHIJ")[: len(heads)], dtype=object)
    sheet = Sheet("Data", cells)
    [header] = HeadReader(Lines(sheet), feed, CATALOGUE).find()
    batch = to_records(sheet, header, feed)
    frame, repeats = read_records(batch, feed, CATALOGUE)
    return frame, repeats, batch


def actions(*rows: tuple[str, ...]) -> tuple[pd.DataFrame, int, Batch]:
    return read(CATALOGUE.feed["tindak_lanjut"], *rows)


def contents(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [json.loads(text) for text in frame["content"]]


def changed(row: tuple[str, ...], place: int, text: str) -> tuple[str, ...]:
    return (*row[:place], text, *row[place + 1 :])


def test_an_action_is_read_into_codes_and_iso_days() -> None:
    frame, repeats, batch = actions(ACTION)
    [content] = contents(frame)
    assert (content["indicator"], content["region"], content["deadline"]) == ("stunting", "64.01", "2026-12-31")
    assert (content["status"], content["cause"]) == ("berjalan", "Posyandu sepi")
    assert (frame.loc[0, "kind"], frame.loc[0, "row"], repeats, len(batch.findings())) == ("action", 2, 0, 0)


def test_evidence_names_an_indicator_of_an_instrument() -> None:
    frame, _, _ = read(CATALOGUE.feed["bukti_dukung"], EVIDENCE)
    [content] = contents(frame)
    assert (content["item"], content["issued"], content["expires"]) == ("spbe-2020:12", "2024-01-02", "")


@pytest.mark.parametrize(
    ("place", "text", "rule", "column"),
    [
        (0, "Indikator entah", "indicator-tak-dikenal", "A"),
        (1, "Kota Paser", "region-tak-dikenal", "B"),
        (3, "", "kosong", "D"),
        (5, "31-13-2026", "deadline-tak-dikenal", "F"),
        (5, "akhir tahun", "deadline-tak-dikenal", "F"),
        (6, "hampir", "status-tak-dikenal", "G"),
    ],
)
def test_a_word_that_is_not_known_returns_the_row_with_its_cell(place: int, text: str, rule: str, column: str) -> None:
    frame, _, batch = actions(changed(ACTION, place, text), changed(ACTION, 3, "Lain"))
    assert len(frame) == 1
    [finding] = batch.findings().to_dict("records")
    assert (finding["rule"], finding["row"], finding["column"]) == (rule, 2, column)
    assert finding["sentence"].startswith(f"Lembar “Data”, baris 2, kolom {column}:")


def test_one_action_said_twice_counts_once_and_contradictions_return_both() -> None:
    frame, repeats, _ = actions(ACTION, ACTION)
    assert (len(frame), repeats) == (1, 1)
    frame, repeats, batch = actions(ACTION, changed(ACTION, 6, "selesai"))
    assert (len(frame), repeats) == (0, 0)
    assert batch.findings()["rule"].tolist() == ["kunci-ganda"] * 2


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-31", "2026-12-31"),
        ("31-12-2026", "2026-12-31"),
        ("5/1/2026", "2026-01-05"),
        ("1 Agustus 2026", "2026-08-01"),
        ("12/31/2026", None),
        ("29 Februari 2026", None),
        ("31-12-26", None),
        ("besok", None),
    ],
)
def test_days_are_read_as_offices_write_them(text: str, day: str | None) -> None:
    assert read_day(text) == day
