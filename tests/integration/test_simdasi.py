"""A table of "Daerah Dalam Angka" end to end: Indonesian figures with marks, an error inside an outer OK."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from etl.catalogue.feeds import Feed
from etl.catalogue.names import normalise_name
from etl.catalogue.reference import Region
from etl.connectors.base import Span
from etl.connectors.bps_simdasi import BpsSimdasiConnector
from etl.connectors.web.patience import Limits, Pace
from etl.jobs.loading.delivery_load import Report
from etl.jobs.loading.feed_run import run_feed
from tests.intake import NOW, SAMPLES, Intake, intake_catalogue, open_copy, web_feed
from tests.jobs import job
from tests.making import indicator
from tests.replay import Replay, Reply, as_html, as_json

KEY = "0123456789abcdef0123456789abcdef"
TABLE = json.loads((SAMPLES / "bps/simdasi_25_detail.json").read_text(encoding="utf-8"))
DISTRICTS = ("Batu Sopang", "Muara Samu", "Tanah Grogot", "Long Ikis")
REFUSED = {"status": 400, "condition": "ERROR", "message": "Invalid Parameter"}


@pytest.fixture
def bps() -> Iterator[Replay]:
    with Replay().running() as replay:
        yield replay


@pytest.fixture
def intake(tmp_path: Path, migrated_sqlite: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Intake]:
    patient = BpsSimdasiConnector(Limits(attempts=2, request=5, fetch=20), Pace(sleep=lambda _: None))
    monkeypatch.setattr("etl.connectors.bps_simdasi.CONNECTOR", patient)
    monkeypatch.setenv("PANTAU_BPS_KEY", KEY)
    engine = open_copy(migrated_sqlite, tmp_path)
    plain = intake_catalogue()
    districts = tuple(
        Region(code=f"64.01.{n:02d}", parent="64.01", level="district", name=name, short=name, source="uji")
        for n, name in enumerate(DISTRICTS, 1)
    )
    changes: dict[str, Any] = {
        "regions": (*plain.regions, *districts),
        "aliases": {**plain.aliases, **{normalise_name(each.name): each.code for each in districts}},
        "indicators": (indicator("penduduk", unit="jiwa", decimals=0, units={"ribu jiwa": "1000"}),),
    }
    yield Intake(tmp_path, engine, **changes)
    engine.dispose()


def feed(bps: Replay) -> Feed:
    group = {"wilayah": "6401000", "id_tabel": "abc", "base": bps.address, "variabel": {"lxkwts7rnj": "penduduk"}}
    columns = {
        **{"indicator": "indikator", "region": "wilayah", "period": "tahun", "value": "nilai"},
        **{"unit": "satuan", "status": "status", "note": "catatan"},
    }
    return web_feed("bps_simdasi", group, columns=columns, defaults={}, missing=("...", "–", "NA"))


def offer(bps: Replay, year: int, answer: Any) -> None:
    path = f"/interoperabilitas/datasource/simdasi/id/25/wilayah/6401000/tahun/{year}/id_tabel/abc/key/{KEY}/"
    bps.script[path] = answer if isinstance(answer, Reply) else as_json(answer)


def changed(**cell: Any) -> Any:
    """Change the first figure of the table."""
    table = copy.deepcopy(TABLE)
    table["data"][1]["data"][0]["variables"]["lxkwts7rnj"] |= cell
    return table


def run(intake: Intake, bps: Replay, first: int = 2024, last: int = 2024) -> Report:
    [report] = run_feed(job(intake.engine, intake.catalogue, intake.root, NOW), feed(bps), Span(first, last))
    return report


def test_figures_of_kecamatan_are_loaded_with_their_marks(bps: Replay, intake: Intake) -> None:
    offer(bps, 2024, TABLE)
    report = run(intake, bps)
    assert (report.rows_read, report.accepted, report.refused) == (5, 4, 1)
    assert intake.values("penduduk") == {
        ("64.01", "2024"): "296400",
        ("64.01.01", "2024"): "27400",
        ("64.01.02", "2024"): "6200",
        ("64.01.03", "2024"): "83100",
    }
    marked = {each.region: each.status for each in intake.observations("penduduk")}
    assert marked["64.01.03"] == "preliminary"
    assert marked["64.01.01"] == "final"
    assert [each.rule for each in intake.findings()] == ["tanpa-nilai"]


@pytest.mark.parametrize("mark", ["q", "NA", "–"])
def test_a_figure_whose_mark_is_no_status_is_refused(bps: Replay, intake: Intake, mark: str) -> None:
    offer(bps, 2024, changed(value_code=mark))
    run(intake, bps)
    assert ("64.01.01", "2024") not in intake.values("penduduk")


def test_a_figure_in_thousands_keeps_its_grouping(bps: Replay, intake: Intake) -> None:
    offer(bps, 2024, changed(value="18.836,25", value_raw="18.836,25"))
    run(intake, bps)
    assert intake.values("penduduk")["64.01.01", "2024"] == "18836250"


@pytest.mark.parametrize(
    ("cell", "loaded"),
    [
        ({"value": "18.836,00", "value_raw": "18836.00"}, "18836000"),
        ({"value": "18,836", "value_raw": "18.836"}, "18836"),
        ({"value": "18,8", "value_raw": 18.836}, "18800"),
        ({"value": "27.4", "value_raw": 27.4}, None),
        ({"value": "18.836", "value_raw": 18.836}, None),
        ({"value": "27,4", "value_raw": "72,4"}, None),
        ({"value": "27,4<sup>r</sup>", "value_raw": "27,4", "value_code": "r"}, "27400"),
        ({"value": "27,4", "value_raw": None}, "27400"),
    ],
)
def test_a_figure_that_is_said_twice_must_be_one(
    bps: Replay, intake: Intake, cell: dict[str, Any], loaded: str | None
) -> None:
    offer(bps, 2024, changed(**cell))
    run(intake, bps)
    assert intake.values("penduduk").get(("64.01.01", "2024")) == loaded
    assert ("angka-berbeda" in {each.rule for each in intake.findings()}) == (loaded is None)


@pytest.mark.parametrize(
    ("name", "sound"),
    [
        *(("2023", False), ("Penduduk Tahun 2020", False), ("Penduduk (2023)", False), ("2024*", True)),
        *(("Atas Dasar Harga Konstan (2010)", True), ("Penduduk menurut SP2020", True)),
    ],
)
def test_a_column_of_another_year_is_not_the_tables(bps: Replay, intake: Intake, name: str, sound: bool) -> None:
    table = changed()
    table["data"][1]["kolom"]["lxkwts7rnj"]["nama_variabel"] = name
    offer(bps, 2024, table)
    run(intake, bps)
    assert (("64.01.01", "2024") in intake.values("penduduk")) == sound


def test_a_row_in_another_unit_than_its_column_is_refused(bps: Replay, intake: Intake) -> None:
    table = changed()
    table["data"][1]["data"][0]["satuan"] = "jiwa"
    offer(bps, 2024, table)
    run(intake, bps)
    assert ("64.01.01", "2024") not in intake.values("penduduk")
    assert "satuan-berbeda" in {each.rule for each in intake.findings()}


def test_a_year_that_is_not_there_yet_is_no_failure(bps: Replay, intake: Intake) -> None:
    offer(bps, 2024, TABLE)
    offer(bps, 2025, {**TABLE, "data": [TABLE["data"][0], REFUSED]})
    offer(bps, 2026, {"status": "OK", "data-availability": "list-not-available", "data": ""})
    assert run(intake, bps, 2024, 2026).accepted == 4


@pytest.mark.parametrize(
    "broken",
    [
        {**TABLE, "data": [TABLE["data"][0], REFUSED]},
        {**TABLE, "data": [TABLE["data"][0], {**TABLE["data"][1], "tahun_data": 2023}]},
        {**TABLE, "data": [TABLE["data"][0], {**TABLE["data"][1], "kolom": []}]},
        {"status": "Error", "message": f"User not found {KEY}"},
        as_html(),
        Reply(content=b"null"),
        Reply(500),
    ],
)
def test_what_is_no_table_is_a_clear_failed_attempt(bps: Replay, intake: Intake, broken: Any) -> None:
    offer(bps, 2024, broken)
    report = run(intake, bps)
    assert report.ending == "failed"
    assert KEY not in report.message
    assert intake.values("penduduk") == {}


def test_a_second_year_that_fails_loads_nothing_of_the_first(bps: Replay, intake: Intake) -> None:
    offer(bps, 2024, TABLE)
    offer(bps, 2025, Reply(500))
    assert run(intake, bps, 2024, 2025).ending == "failed"
    assert intake.values("penduduk") == {}
