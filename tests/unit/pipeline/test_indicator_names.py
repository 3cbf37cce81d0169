"""Which indicator, part and month an unknown file's words name; what only resembles one is asked for."""

from __future__ import annotations

import pytest

from etl.catalogue.models import Catalogue, Indicator
from etl.pipeline.inspection.column_roles import LikelyColumn, period_within
from etl.pipeline.inspection.indicator_names import indicator_told, part_told
from tests.making import catalogue, indicator, text


def named(id_: str, name: str, **more: object) -> Indicator:
    return indicator(id_, name=text(name), short=text(name), **more)


def names() -> Catalogue:
    parts = [{"id": each, "name": text(f"Desil {each}")} for each in ("1", "5-10")]
    return catalogue(
        *(named("revenue", "Pendapatan APBD"), named("pad", "PAD"), named("silpa", "SiLPA")),
        named("line", "Garis kemiskinan"),
        named("families", "Keluarga", breakdown=True, series=parts),
    )


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("PENDAPATAN DAERAH", "revenue"),
        ("PENDAPATAN ASLI DAERAH (PAD)", "pad"),
        ("SISA LEBIH PEMBIAYAAN ANGGARAN (SILPA)", "silpa"),
        ("Garis Kemiskinan - Maret (Rp)", "line"),
        ("garis_kemiskinan", "line"),
        ("Garis kemiskinan tahun 2024", "line"),
        ("Retribusi (PAD)", None),
        ("Pendapatan", None),
        ("Pendapatan Transfer Daerah", None),
        ("Garis Kemiskinan Maret dan September", None),
    ],
)
def test_an_indicator_is_told_by_its_whole_name_or_acronym(said: str, found: str | None) -> None:
    told = indicator_told(said, names())
    assert (told.id if told else None) == found


@pytest.mark.parametrize(("path", "part"), [(("DESIL", "1"), "1"), (("Desil 5-10",), "5-10"), (("Desil", "2"), None)])
def test_a_part_of_a_breakdown_is_told_by_its_heads(path: tuple[str, ...], part: str | None) -> None:
    assert part_told(path, names()) == part


@pytest.mark.parametrize(
    ("head", "period"),
    [
        ("Garis Kemiskinan - Maret (Rp)", "2020-03"),
        ("Penduduk Miskin September 2024", "2024-09"),
        ("Rata-rata Maret dan September", None),
        ("Kunjungan s.d. Maret", None),
        ("Penduduk Miskin", None),
    ],
)
def test_a_month_among_other_words_is_the_period_of_its_column(head: str, period: str | None) -> None:
    assert period_within(LikelyColumn(2, "figure", (head,), (head,)), "2020") == period
