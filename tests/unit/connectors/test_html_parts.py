"""A table that a page holds in parts is read as the one that a reader sees, or not at all."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from etl.connectors.formats.html_table import read_html

HEADS = [["Kecamatan", "2023", "2024"]]
NAMES = [["Kuaro"], ["Long Ikis"]]
FIGURES = [["1.204", "1.300"], ["-", "980"]]
WHOLE = [["Kecamatan", "2023", "2024"], ["Kuaro", "1.204", "1.300"], ["Long Ikis", "-", "980"]]


def page(*tables: Sequence[Sequence[str]]) -> bytes:
    def table(rows: Sequence[Sequence[str]]) -> str:
        made = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in made)}</table>"

    return f"<html><body>{''.join(map(table, tables))}</body></html>".encode()


def grids(content: bytes) -> list[list[list[str]]]:
    return [sheet.cells.fillna("").values.tolist() for sheet in read_html(content)]


@pytest.mark.parametrize(
    "tables",
    [
        (HEADS, WHOLE[1:]),
        (HEADS, NAMES, FIGURES),
        ([["Kecamatan"], *NAMES], [["2023", "2024"], *FIGURES]),
        ([["Kecamatan"], *NAMES], [["2023", "2024"]], FIGURES),
        ([["Kecamatan"]], [["2023", "2024"]], NAMES, FIGURES),
    ],
)
def test_heads_names_and_figures_in_tables_of_their_own_are_one_table(tables: tuple[list[list[str]], ...]) -> None:
    assert grids(page(*tables)) == [WHOLE]
    title = "Penduduk Menurut Kecamatan (ribu jiwa)"
    assert grids(page([[title]], *tables)) == [[[title, "", ""], *WHOLE]]


@pytest.mark.parametrize(
    "tables",
    [
        (HEADS, [["1", "2"], ["3", "4"]]),
        ([*NAMES, ["Long Kali"]], FIGURES),
        (WHOLE, WHOLE[1:]),
        (WHOLE, WHOLE),
        (NAMES, [["Waru", "5"], ["Babulu", "6"]]),
    ],
)
def test_what_does_not_fit_stays_apart(tables: tuple[list[list[str]], ...]) -> None:
    assert grids(page(*tables)) == list(tables)
