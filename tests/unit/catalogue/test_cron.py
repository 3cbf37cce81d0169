"""Schedules: five fields, weekdays by name, and nothing that the scheduler would refuse or read otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.catalogue.cron import cron_fault, cron_fields, cron_trigger

ITEMS = [
    "*",
    "*/5",
    "*/2",
    "*/90",
    "1-5/9",
    "0",
    "5",
    "7",
    "13",
    "31",
    "1-5",
    "5-1",
    "0-30/10",
    "5/2",
    "mon",
    "mon-fri",
    "mon-fri/2",
    "2nd mon",
    "last",
    "fri-mon",
    "jan",
    "jan-mar",
    "x",
]


@pytest.mark.parametrize(
    "text", ["0 6 * * *", "*/15 * * * mon-fri", "0 6,18 1 jan-mar *", "30 5 1-7 * MON", "0-30/10 0 * 12 sat,sun"]
)
def test_sound_schedules_pass(text: str) -> None:
    assert cron_fault(text) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "0 bagian"),
        ("0 6 * * * *", "6 bagian"),
        ("60 6 * * *", "menit 60"),
        ("0 24 * * *", "jam 24"),
        ("0 6 0 * *", "tanggal 0"),
        ("0 6 * 13 *", "bulan 13"),
        ("0 6 * januari *", "bulan januari"),
        ("0 6 * * 0", "hari 0"),
        ("0 6 * * senin", "hari senin"),
        ("0 6 * * fri-mon", "hari fri-mon"),
        ("*/0 6 * * *", "menit */0"),
        ("5/2 6 * * *", "menit 5/2"),
        ("6,, 6 * * *", "menit 6,,"),
        ("-5 6 * * *", "menit -5"),
        ("*/90 6 * * *", "menit */90"),
        ("0 6 1-5/9 * *", "tanggal 1-5/9"),
        ("0 6 * * */2", "hari */2"),
        ("0 6 * * mon-fri/2", "hari mon-fri/2"),
        ("0 6 * jan-mar/2 *", "bulan jan-mar/2"),
        ("0 6 * jan-3 *", "bulan jan-3"),
        ("0 6 last * *", "tanggal last"),
        ("0 6 * * mon-5", "hari mon-5"),
    ],
)
def test_unsound_schedules_name_the_field(text: str, told: str) -> None:
    assert str(cron_fault(text)).startswith(told)


@settings(deadline=None)
@given(st.lists(st.sampled_from(ITEMS), min_size=5, max_size=5).map(" ".join))
def test_what_passes_can_be_scheduled(text: str) -> None:
    if cron_fault(text) is None:
        assert cron_trigger(text)


def test_an_unsound_schedule_has_no_fields_and_no_times_and_says_why() -> None:
    assert cron_fields("0 6 * * MON") == ("0", "6", "*", "*", "mon")
    assert cron_fields("0 6 * * 1") is None
    with pytest.raises(ValueError, match="jadwal “0 6 \\* \\* 1” keliru: hari 1; tulis nama hari"):
        cron_trigger("0 6 * * 1")
