"""From an unknown file to loaded figures: inspect it, paste the draft, fill in what it leaves open, check, run."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from sqlalchemy import Engine

from etl.__main__ import main
from etl.warehouse.engine import open_engine
from etl.warehouse.read import queries
from tests.problems.sheets import book

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "samples"


class Office:
    """A checkout of its own with a warehouse, worked by the command line alone."""

    def __init__(self, root: Path, url: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.environ, self.capsys = root, {"PANTAU_DATABASE_URL": url}, capsys
        self.engine: Engine = open_engine(url)

    def run(self, *words: str) -> tuple[int, str]:
        self.capsys.readouterr()
        code = main(list(words), self.environ, self.root)
        return code, "".join(self.capsys.readouterr())

    def paste(self, file: Path, filled: Mapping[str, str]) -> str:
        """Inspect a file, put the draft with its blanks filled in under `feeds`; return the feed's id."""
        code, told = self.run("inspect", str(file))
        assert code == 0
        draft = told[told.index("  - id: ") :].rstrip() + "\n"
        for word, value in filled.items():
            draft = draft.replace(word, value)
        draft = re.sub(r" +- head: [^\n]*\n +fill: {indicator: ISI_INDIKATOR[^\n]*\n", "", draft)  # not wanted
        path = self.root / "indicators.yaml"
        path.write_text(path.read_text(encoding="utf-8").rstrip() + "\n\n" + draft, encoding="utf-8")
        [name] = re.findall(r"- id: (\S+)", draft)
        folder = self.root / "data" / "inbox" / name
        folder.mkdir(parents=True)
        shutil.copy(file, folder)
        return str(name)

    def figures(self, feed: str) -> list[str]:
        """List what a feed loaded: indicator, region, period, value, cell."""
        with self.engine.connect() as connection:
            vintage = queries.current_vintage(connection)
            assert vintage
            found = [each for each in queries.observations(connection, vintage) if each.feed == feed]
        spots = [f"{each.place.column}{each.place.row}" for each in found]
        said = [f"{each.indicator} {each.region} {each.period.code} {each.value}" for each in found]
        return sorted(f"{figure} {spot}" for figure, spot in zip(said, spots, strict=True))


@pytest.fixture
def office(tmp_path: Path, sqlite_url: str, capsys: pytest.CaptureFixture[str]) -> Iterator[Office]:
    shutil.copytree(ROOT / "data" / "reference", tmp_path / "data" / "reference")
    shutil.copytree(ROOT / "data" / "published", tmp_path / "data" / "published")
    shutil.copy(ROOT / "indicators.yaml", tmp_path)
    made = Office(tmp_path, sqlite_url, capsys)
    assert made.run("migrate")[0] == 0
    yield made
    made.engine.dispose()


COMPLETED = '- head: "Selesai"\n          fill: {indicator: '
RECEIVED = '- head: "Total"\n          fill: {indicator: '
LAPOR = {
    f"{COMPLETED}ISI_INDIKATOR": f"{COMPLETED}lapor-completed",
    f"{RECEIVED}ISI_INDIKATOR": f"{RECEIVED}lapor-received",
    "ISI_SATUAN": "aduan",
}
SPBE = ("1.85", "1.69", "1.69", "1.36", "2.83", "2.9", "3.27")
CASES: dict[str, tuple[Path, dict[str, str], int, list[str]]] = {
    "a wide table with merged heads and marks": (
        SAMPLES / "opd" / "dda_wide_year_merged.xlsx",
        {"ISI_SERI": "proyeksi"},
        6,
        [
            "population 64.01 2022 283000 D11",
            *("population 64.01 2023 287100 E11", "population 64.01 2024 296400 F11"),
            "population 64.01.01 2020 26100 B7",
            *("population 64.01.01 2021 26500 C7", "population 64.01.01 2022 26900 D7"),
            *("population 64.01.01 2023 27100 E7", "population 64.01.01 2024 27400 F7"),
            *("population 64.01.04 2020 80200 B8", "population 64.01.04 2022 81600 D8"),
            "population 64.01.04 2023 82400 E8",
            *("population 64.01.04 2024 83100 F8", "population 64.01.06 2022 43600 D10"),
            *("population 64.01.06 2023 44000 E10", "population 64.01.10 2020 6000 B9"),
            *("population 64.01.10 2021 0 C9", "population 64.01.10 2024 6200 F9"),
        ],
    ),
    "indicators across, the period not in the file": (
        SAMPLES / "opd" / "iklh.csv",
        {"ISI_PERIODE": "2024"},
        0,
        [
            *("ika 64.01 2024 54.17 B2", "ika 64.09 2024 52 B3", "ikl 64.01 2024 80.11 D2", "ikl 64.09 2024 61.3 D3"),
            *("iklh 64.01 2024 73.48 E2", "iklh 64.09 2024 68.02 E3", "iku 64.01 2024 89.05 C2"),
            "iku 64.09 2024 88.21 C3",
        ],
    ),
    "years down, one region, a source line below": (
        SAMPLES / "opd" / "spbe_indeks.csv",
        {"ISI_SERI": "instrumen-2020"},
        0,
        [f"spbe 64.01 {2018 + at} {value} C{2 + at}" for at, value in enumerate(SPBE)],
    ),
    "a total row that alone is a figure": (
        SAMPLES / "opd" / "sp4n_lapor_rekap.csv",
        {"ISI_WILAYAH": "64.01", **LAPOR},
        0,
        ["lapor-completed 64.01 2025-09 44 F5", "lapor-received 64.01 2025-09 51 G5"],
    ),
    "codes and years of an open data portal": (
        SAMPLES / "ckan" / "resource_indeks_spbe_decimal_comma.csv",
        {"ISI_SERI": "instrumen-2020"},
        0,
        [f"spbe 64.01 {2018 + at} {value} D{2 + at}" for at, value in enumerate(SPBE)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_file_of_an_office_is_read_by_its_pasted_draft(office: Office, case: str) -> None:
    file, filled, refused, figures = CASES[case]
    feed = office.paste(file, filled)
    assert office.run("check")[0] == 0
    code, told = office.run("run", feed)
    assert code == (1 if refused else 0), told
    assert office.figures(feed) == figures


def test_a_draft_that_is_not_filled_in_is_refused_by_check(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "wifi.xlsx"
    file.write_bytes(book({"rows": [["Kecamatan", "Jan 2025", "Feb 2025"], ["Kuaro", 1, 2]]}))
    office.paste(file, {})
    code, told = office.run("check")
    assert code == 2
    assert "ISI_INDIKATOR" in told


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "surat.pdf"
    file.write_bytes(b"%PDF-1.7")
    code, told = office.run("inspect", str(file))
    assert code == 2
    assert told.startswith("surat.pdf: Berkas ini PDF")
    assert office.run("inspect", str(tmp_path / "tidak-ada.xlsx"))[0] == 2
