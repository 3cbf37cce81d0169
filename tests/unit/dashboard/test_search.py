from __future__ import annotations

import json
from functools import partial

from dashboard.components.frame import Entry
from dashboard.components.search import search
from dashboard.data import Scene
from dashboard.language import t
from dashboard.pages import not_found_404
from tests.making import indicator, text
from tests.unit.dashboard.rendered import walk, words


def test_the_search_holds_id_name_and_short_name_of_each_indicator() -> None:
    found = search([indicator("ipm", name=text("Indeks Pembangunan Manusia"), short=text("IPM"))], "id")
    assert json.loads(getattr(found, "data-pilihan")) == [["ipm", "Indeks Pembangunan Manusia", "IPM"]]
    assert "Cari indikator" in words(found)


def test_the_search_is_named_and_speaks_english() -> None:
    found = search([indicator()], "en")
    (label,) = [each for each in walk(found) if each._type == "Label"]
    (box,) = [each for each in walk(found) if each._type == "Input"]
    assert (getattr(label, "htmlFor", ""), getattr(box, "id", "")) == ("cari", "cari")
    assert "Find an indicator" in getattr(box, "placeholder", "")
    assert getattr(found, "data-kosong") == "No indicator has that name."


def test_an_unknown_address_leads_on(scene: Scene) -> None:
    said = words(not_found_404.build(scene, [Entry("/metodologi", partial(t, "shell.methodology"))]).children)
    assert "Halaman tidak ditemukan" in said
    assert "Metodologi" in said
