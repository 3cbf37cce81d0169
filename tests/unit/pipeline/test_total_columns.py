"""A total column is held against the figures of its row."""

from __future__ import annotations

import pytest

from etl.sheets.categorical import plain
from tests.problems.sheets import book, layout_feed, refine_layout

FEED = layout_feed(
    columns={"region": "Wilayah"},
    defaults={"period": "2024"},
    decimal=".",
    layout={
        "values": [
            {"head": "Januari", "fill": {"indicator": "wifi", "unit": "titik", "period": "2024-01"}},
            {"head": "Februari", "fill": {"indicator": "wifi", "unit": "titik", "period": "2024-02"}},
        ]
    },
)


@pytest.mark.parametrize(
    ("cells", "accepted"),
    [
        (("1,204", 38, "1,300"), []),
        (("1,204", 38, "1,242"), ["1204", "38"]),
        ((1204, 38, 1242), ["1204", "38"]),
        ((1204, 38, 1243), []),
        ((120, 38, None), ["120", "38"]),
    ],
)
def test_figures_that_do_not_give_their_total_go_back(cells: tuple[object, ...], accepted: list[str]) -> None:
    rows = [["Wilayah", "Januari", "Februari", "Jumlah"], ["Paser", *cells]]
    refined = refine_layout(book({"rows": rows}), FEED)
    assert plain(refined.accepted)["value"].tolist() == accepted
    assert set(refined.findings["rule"]) == (set() if accepted else {"jumlah-tidak-cocok"})
