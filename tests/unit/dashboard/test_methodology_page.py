from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any, cast, get_args

from dash.development.base_component import Component

from dashboard.components.formulas import CASES
from dashboard.components.robust_card import opposed_pairs
from dashboard.data import Reader, Scene
from dashboard.language import t
from dashboard.pages.methodology import CONTENTS, build
from dashboard.urls import Lang, State
from etl.catalogue.indicator_parts import Score
from etl.catalogue.models import Direction
from etl.catalogue.period import from_code
from etl.catalogue.reference import Band
from etl.measures.observation import Reason
from tests.making import reference
from tests.unit.api.samples import VINTAGE, FakeReader, catalogue, indicator, observation, text
from tests.unit.dashboard.rendered import links, rows, walk, words


def page(lang: Lang = "id", reader: FakeReader | None = None, **changes: Any) -> list[Component]:
    reader = reader or FakeReader(known=catalogue(**changes))
    scene = Scene(cast(Reader, reader), State(lang=lang), VINTAGE, reader.known, reader.known.region["64.01"])
    return build(scene).children


def section(children: list[Component], anchor: str) -> Component:
    return next(each for each in walk(children) if getattr(each, "id", None) == anchor)


def test_each_chapter_of_the_contents_exists() -> None:
    children = page()
    for anchor in CONTENTS:
        assert words(section(children, anchor))
    assert set(links(children[1]).values()) == {f"#{anchor}" for anchor in CONTENTS}


def test_every_direction_of_the_catalogue_has_its_formula() -> None:
    assert set(CASES) == set(get_args(Direction))
    assert "capaian = (2 − realisasi ÷ target) × 100" in words(section(page(), "capaian"))


def test_the_cuts_are_those_of_the_catalogue() -> None:
    found = rows(section(page(), "tingkat"))
    assert found[0] == ["sangat rendah", "tanpa batas", "51"]
    assert found[4] == ["sangat tinggi", "91", "tanpa batas"]
    known = catalogue()
    bands = (*known.schemes[0].bands[:4], Band(label=text("sangat tinggi"), low=Decimal("92.5"), high=None))
    changed = known.schemes[0].model_copy(update={"bands": bands})
    assert rows(section(page(schemes=(changed, known.schemes[1])), "tingkat"))[4][1] == "92,5"


def test_fills_are_five_and_silent() -> None:
    balls = [each for each in walk(page()) if "pt-ball" in str(getattr(each, "className", ""))]
    assert [getattr(each, "className", None) for each in balls] == [f"pt-ball pt-fill-{level}" for level in range(1, 6)]


def test_weights_and_reference_points_are_written_out() -> None:
    found = {row[0]: row[1:] for row in rows(section(page(), "indikator"))}
    assert found["poverty-rate % · makin rendah makin baik"] == [
        "50,0%", "20% (0) sampai 5,5% (100) Kaltim, 2020; terbitan uji", "2 tahun", "ada data",
    ]  # fmt: skip
    assert found["tpt % · makin rendah makin baik"] == [
        "50,0%",
        "menunggu: belum ada acuan",
        "1 tahun",
        "belum ada data",
    ]


def test_every_public_indicator_is_linked_and_no_internal_one() -> None:
    addresses = set(links(section(page(), "indikator")).values())
    assert addresses == {"/indikator/poverty-rate", "/indikator/tpt", "/indikator/wtp"}


def test_indicators_without_data_are_counted_and_marked() -> None:
    text_ = words(section(page(), "indikator"))
    assert "3 indikator; 2 di antaranya indikator inti" in text_
    assert "2 belum ada datanya" in text_
    filled = FakeReader(figures=[observation(1, indicator=name) for name in ("poverty-rate", "tpt", "wtp")])
    assert "0 belum ada datanya" in words(section(page(reader=filled), "indikator"))


def test_categories_are_listed_worst_first() -> None:
    score = Score.model_validate({"categories": {"order": ("TMP", "WDP", "WTP"), "source": "BPK"}})
    opinion = indicator("wtp", direction="category", unit="kategori", score=score)
    assert "urutan TMP < WDP < WTP BPK" in words(section(page(indicators=(opinion,)), "indikator"))


def test_a_subdimension_without_core_indicators_takes_no_share() -> None:
    supporting = indicator("poverty-rate", role="supporting")
    assert "tanpa indikator inti, tidak berbobot" in words(section(page(indicators=(supporting,)), "indikator"))


def test_instruments_come_with_weights_and_predicates() -> None:
    shown = section(page(), "instrumen")
    assert ["1. Arsitektur", "Kebijakan Internal", "100%"] in rows(shown)
    assert ["Kurang", "1", "1,8"] in rows(shown)
    assert "tidak ada konversi" in words(shown)


def test_every_reason_is_explained() -> None:
    shown = section(page(), "beda-sumber")
    terms = {words(each).lower() for each in walk(shown) if each._type in ("Dt", "H3")}
    assert {t(f"reasons.{each}", "id") for each in get_args(Reason)} <= terms
    assert links(shown)["Lihat semua beda data"] == "/data#beda-data"


def test_it_says_that_scores_are_not_official_and_which_seal_is_in_view() -> None:
    text_ = words(page())
    assert "konstruksi Pantau sendiri, bukan nilai resmi" in text_
    assert "keadaan 3, versi data 1a2b3c4d, dicatat 22 November 2026 11.25 WITA" in text_


def test_english_is_complete() -> None:
    text_ = words(page("en"))
    assert "not official figures" in text_
    assert "position = Σ(weight × place) ÷ Σ weight" in text_


def test_robustness_says_range_share_and_who_pulls_against_whom() -> None:
    [[name, _, robust, resting, against]] = rows(section(page(), "ketangguhan"))
    assert (name, robust, against) == ("Smart Economy", "belum cukup data (1 dari 2)", "–")
    assert resting == "poverty-rate 100,0%"


def test_two_indicators_that_rise_against_each_other_are_named() -> None:
    known = catalogue(
        indicators=tuple(
            indicator(name, role="core", direction="higher", score=Score.model_validate(reference("0", "100")))
            for name in ("poverty-rate", "tpt")
        )
    )
    figures = [
        observation(
            each,
            str(each if name == "tpt" else 50 - each),
            indicator=name,
            period=from_code(str(2000 + each)),
        )
        for each in range(10)
        for name in ("poverty-rate", "tpt")
    ]
    scene = Scene(
        cast(Reader, FakeReader(known=known, figures=figures)), State(), VINTAGE, known, known.region["64.01"]
    )
    assert list(opposed_pairs(scene, known.dimensions[0])) == [("poverty-rate", "tpt")]
    few = FakeReader(known=known, figures=figures[:18])
    assert list(opposed_pairs(replace(scene, reader=cast(Reader, few)), known.dimensions[0])) == []
