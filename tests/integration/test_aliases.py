"""The alias workbook: what the steward writes is understood from then on, and what is wrong is said all at once."""

from __future__ import annotations

import datetime as dt
import io
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from etl.catalogue.load import load_catalogue
from etl.connectors.formats.kinds import read_bytes
from etl.jobs.connector_registry import CONNECTORS
from etl.jobs.workbooks.alias_book import build_alias_book
from etl.jobs.workbooks.alias_intake import AliasError, add_aliases
from etl.measures.region import resolve_region
from etl.pipeline.refine import Refined, refine

ROOT = Path(__file__).resolve().parents[2]
FEED = """
  - id: ipm-kabupaten
    name: {id: IPM kabupaten, en: HDI of regencies}
    connector: file
    path: data/inbox/ipm-kabupaten/*.csv
    decimal: ","
    columns: {region: Wilayah}
    defaults: {indicator: ipm, series: lf, publication: PUBLICATION}
    layout:
      values: [{reads: period, fill: {unit: indeks}}]
      words: {region: {Pasir Lama: "64.01"}}
      marks: {"*": preliminary}
    schedule: "0 6 * * mon"
    owner: kominfo
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "indicators.yaml", tmp_path)
    for name in ("reference", "published"):
        shutil.copytree(ROOT / "data" / name, tmp_path / "data" / name)
    return tmp_path


def book(root: Path, **sheets: list[list[object]]) -> bytes:
    """Fill in the blank workbook from row 2 on."""
    made: Workbook = build_alias_book(load_catalogue(root, CONNECTORS))
    for title, rows in sheets.items():
        for number, row in enumerate(rows, 2):
            for column, value in enumerate(row, 1):
                made[title.replace("_", " ")].cell(number, column).value = value  # type: ignore[assignment]
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def test_noted_names_are_understood_and_noted_once(checkout: Path) -> None:
    content = book(
        checkout,
        Wilayah=[["Kab Tana Paser", "64.01 Kabupaten Paser", "kop surat Dinkes"]],
        Fasilitas=[["Puskesmas Kuaro", "puskesmas", "64.01.04 Kuaro", "daftar Dinkes 2025"]],
        Perangkat_Daerah=[
            [f"Dinkes Paser {number}", office, "surat"] for number, office in enumerate(offices(checkout))
        ],
    )
    assert add_aliases(checkout, content) == {"aliases": 1, "facilities": 1, "office_aliases": 2, "layout_fixes": 0}
    catalogue = load_catalogue(checkout, CONNECTORS)
    assert resolve_region("KAB TANA PASER", catalogue) == "64.01"
    assert resolve_region("Puskesmas  Kuaro", catalogue) == "64.01.04"
    assert any("Dinkes Paser 0" in each.aliases for each in catalogue.offices)
    before = (checkout / "data/reference/aliases.csv").read_bytes()
    assert set(add_aliases(checkout, content).values()) == {0}
    assert (checkout / "data/reference/aliases.csv").read_bytes() == before


def offices(root: Path) -> list[str]:
    return [f"{each.region}/{each.id} {each.name}" for each in load_catalogue(root, CONNECTORS).offices][:2]


def test_the_name_of_one_of_two_puskesmas_is_not_the_kecamatan(checkout: Path) -> None:
    rows: list[list[object]] = [
        [f"Puskesmas {name}", "puskesmas", "64.01.04 Kuaro", "uji"] for name in ("Kuaro", "Lolo")
    ]
    add_aliases(checkout, book(checkout, Fasilitas=rows))
    catalogue = load_catalogue(checkout, CONNECTORS)
    assert resolve_region("Puskesmas Kuaro", catalogue) is None


def test_all_faults_are_said_at_once_and_nothing_is_written(checkout: Path) -> None:
    before = {path: path.read_bytes() for path in (checkout / "data/reference").glob("*.csv")}
    content = book(
        checkout,
        Wilayah=[["Pasir", "64.08 Kutai Timur", "salah"], ["Entah", "64.99 Entah", "salah"]],
        Fasilitas=[[], ["Puskesmas Paser", "puskesmas", "64.01 Kabupaten Paser", "salah"]],
        Perangkat_Daerah=[["Dinkes", "64.01/tidak-ada Entah", "salah"]],
    )
    with pytest.raises(AliasError) as caught:
        add_aliases(checkout, content)
    said = str(caught.value)
    for words in (
        *("Lembar “Wilayah” baris 2", "Lembar “Wilayah” baris 3", "Lembar “Fasilitas” baris 3"),
        *("Lembar “Perangkat Daerah” baris 2", "64.99", "kode kecamatan", "tidak-ada"),
    ):
        assert words in said
    assert {path: path.read_bytes() for path in (checkout / "data/reference").glob("*.csv")} == before


def test_blank_cells_and_codes_typed_as_numbers_are_said(checkout: Path) -> None:
    content = book(checkout, Wilayah=[["Tana Paser", "64.01 Paser", None], ["Mahulu Baru", 64.11, "uji"]])
    with pytest.raises(AliasError, match=r"baris 2: kolom “Alasan” belum diisi(.|\n)*baris 3: “64.11” tertulis"):
        add_aliases(checkout, content)


def test_another_workbook_is_not_taken_for_it(checkout: Path) -> None:
    with pytest.raises(AliasError, match="bukan buku alias"):
        add_aliases(checkout, b"a;b\n1;2\n")
    changed = load_workbook(io.BytesIO(book(checkout)))
    changed["Wilayah"]["A1"] = "Nama"
    buffer = io.BytesIO()
    changed.save(buffer)
    with pytest.raises(AliasError, match="judul kolom diubah"):
        add_aliases(checkout, buffer.getvalue())


@pytest.fixture
def laid(checkout: Path) -> Path:
    """Declare a feed with a layout."""
    path = checkout / "indicators.yaml"
    catalogue = load_catalogue(checkout, CONNECTORS)
    feed = FEED.replace("PUBLICATION", catalogue.publications[0].id)
    path.write_text(path.read_text("utf-8").replace("\nfeeds:\n", f"\nfeeds:{feed}", 1), "utf-8")
    return checkout


def read(root: Path, content: bytes) -> Refined:
    catalogue = load_catalogue(root, CONNECTORS)
    feed = next(each for each in catalogue.feeds if each.id == "ipm-kabupaten")
    return refine(list(read_bytes(content)), feed, catalogue, dt.date(2026, 3, 1))


def test_a_file_that_came_back_is_read_once_its_shape_is_noted(laid: Path) -> None:
    content = b"Wilayah;2023\nTana Grogot Raya;72,1\nPasir Lama;71,2\nRerata tetangga;9\n"
    assert len(read(laid, content).accepted) == 1
    fixes: list[list[object]] = [
        ["ipm-kabupaten", "words", "region", "Tana Grogot Raya", "64.09"],
        ["ipm-kabupaten", "marks", None, "r", "revised"],
        ["ipm-kabupaten", "marks", None, "R", "final"],
        ["ipm-kabupaten", "skip", None, "Rerata tetangga", None],
    ]
    filled = book(laid, Bentuk_berkas=fixes)
    assert add_aliases(laid, filled)["layout_fixes"] == 4
    assert set(add_aliases(laid, filled).values()) == {0}
    refined = read(laid, content)
    assert sorted(map(str, refined.accepted["value"])) == ["71.2", "72.1"]
    assert refined.rows_read == 2


def test_all_faults_of_the_shape_are_said_with_their_rows(laid: Path) -> None:
    before = (laid / "data/reference/layout_fixes.csv").read_bytes()
    content = book(
        laid,
        Bentuk_berkas=[
            ["entah", "skip", None, "Jumlah", None],
            ["published-living", "skip", None, "Jumlah", None],
            ["ipm-kabupaten", "kata", None, "Jumlah", None],
            ["ipm-kabupaten", "words", "wilayah", "Grogot", "64.01"],
            ["ipm-kabupaten", "words", "region", "Grogot Baru", "64.99"],
            ["ipm-kabupaten", "marks", None, "x", "entah"],
            ["ipm-kabupaten", "words", "region", "PASIR  lama", "64.09"],
            ["ipm-kabupaten", "marks", None, "*", "final"],
            ["ipm-kabupaten", "skip", None, "wilayah", None],
            ["ipm-kabupaten", "sheets", None, "Tabel 1", None],
            ["ipm-kabupaten", "words", None, "Kuaro", "64.01.04"],
        ],
    )
    with pytest.raises(AliasError) as caught:
        add_aliases(laid, content)
    said = str(caught.value)
    missing = [row for row in range(2, 13) if f"Lembar “Bentuk berkas” baris {row}," not in said]
    assert not missing, said
    assert "Bertabrakan dengan indicators.yaml baris" in said
    assert (laid / "data/reference/layout_fixes.csv").read_bytes() == before
