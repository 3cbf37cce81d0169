"""One decimal mark in a column: what proves it, what goes back without a proof or against one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from etl.pipeline.refine import Refined
from etl.sheets.categorical import plain
from tests.making import indicator
from tests.problems.sheets import book, layout_feed, refine_layout
from tests.problems.trial import INDICATORS, feed, refine_bytes, trial_catalogue

FIELD = Path(__file__).resolve().parents[2] / "samples/field"
PMA = indicator("investment-pma", unit="juta US$", sanity={"min": "0", "jump": "1000000000"})


def read(texts: list[str], mark: str, **changes: Any) -> Refined:
    lines = [f"investment-pma;Paser;{2000 + each};{text};juta US$" for each, text in enumerate(texts)]
    content = "\n".join(["Indikator;Wilayah;Periode;Nilai;Satuan", *lines]).encode()
    return refine_bytes(content, feed(decimal=mark, **changes), trial_catalogue(indicators=(*INDICATORS, PMA)))


def values(refined: Refined) -> list[str]:
    return [str(each) for each in plain(refined.accepted)["value"]]


@pytest.mark.parametrize(
    ("texts", "mark", "accepted"),
    [
        (["12,345", "0,85", "1,200"], ".", []),
        (["12,345", "0,85", "1,200"], ",", ["12.345", "0.85", "1.2"]),
        (["12,345", "0,85", "1,200"], "auto", ["12.345", "0.85", "1.2"]),
        (["1,234.5", "12,345", "7"], "auto", ["1234.5", "12345", "7"]),
        (["12,345", "1,200", "7"], "auto", ["7"]),
        (["12,345", "1,200", "7"], ".", ["12345", "1200", "7"]),
        (["12,345", "1,234,567"], "auto", ["12345", "1234567"]),
        (["0,85", "1.5", "7", "12,345"], "auto", ["7"]),
        (["0,85", "1.5", "7", "12,345"], ",", ["7"]),
        (["1.234,-", "1.200"], "auto", ["1234", "1200"]),
        (["0,000", "1.200"], "auto", ["0", "1200"]),
        (["1234", "85"], "auto", ["1234", "85"]),
    ],
)
def test_a_column_is_read_by_its_proof_or_goes_back(texts: list[str], mark: str, accepted: list[str]) -> None:
    refined = read(texts, mark)
    assert values(refined) == accepted
    assert len(refined.findings) == len(texts) - len(accepted)


def test_a_proof_counts_also_where_its_row_falls_for_another_reason() -> None:
    text = "Indikator;Wilayah;Periode;Nilai;Satuan\ninvestment-pma;{};2024;{};juta US$\n"
    content = (text.format("Paser", "12,345") + text.format("Pasir Putih", "0,85").split("\n")[1] + "\n").encode()
    refined = refine_bytes(content, feed(decimal="."), trial_catalogue(indicators=(*INDICATORS, PMA)))
    assert values(refined) == []
    assert "“0,85”" in " ".join(refined.findings["sentence"])


def test_the_field_file_goes_back_under_a_point_and_names_its_proof() -> None:
    columns = {"region": "Kabupaten", "period": "Tahun", "value": "Investasi PMA (juta US$)"}
    given = {"columns": columns, "defaults": {"indicator": "investment-pma", "unit": "juta US$"}}
    content, known = (
        (FIELD / "decimal_commas_under_point.csv").read_bytes(),
        trial_catalogue(indicators=(*INDICATORS, PMA)),
    )
    refused = refine_bytes(content, feed(decimal=".", **given), known)
    assert len(refused.findings) == 3
    assert all("“0,85”" in each and "koma" in each for each in refused.findings["sentence"])
    for mark in ("auto", ","):
        assert values(refine_bytes(content, feed(decimal=mark, **given), known)) == ["12.345", "0.85", "1.2"]


def test_typed_cells_need_no_proof_and_prove_nothing() -> None:
    rows = [["Wilayah", 2022, 2023], ["Paser", 1.5, "12,345"], ["Kutai Timur", 2.5, 7]]
    of = layout_feed(
        decimal="auto",
        columns={"region": "Wilayah"},
        layout={"values": [{"reads": "period", "fill": {"indicator": "growth", "unit": "%"}}]},
    )
    refined = refine_layout(book({"rows": rows}), of)
    assert values(refined) == ["1.5", "2.5", "7"]
    assert refined.findings["raw"].tolist() == ["12,345"]


def test_each_column_of_a_wide_table_has_its_own_mark() -> None:
    rows = [["Wilayah", "2022", "2023"], ["Paser", "1.234", "5,678"], ["Kutai Timur", "2,5", "6.25"]]
    fill = {"indicator": "growth", "unit": "%"}
    layout = {"values": [{"reads": "period", "fill": fill}]}
    refined = refine_layout(
        book({"rows": rows}), layout_feed(decimal="auto", columns={"region": "Wilayah"}, layout=layout)
    )
    assert values(refined) == ["1234", "5678", "2.5", "6.25"]
