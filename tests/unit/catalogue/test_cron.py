"""Schedules: five fields, weekdays by name, and nothing that the scheduler would refuse or read otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.catalogue.checks.cron import cron_fault
from etl.jobs.due import trigger_for

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
    ],
)
def test_unsound_schedules_name_the_field(text: str, told: str) -> None:
    assert str(cron_fault(text)).startswith(told)


@settings(deadline=None)
@given(st.lists(st.sampled_from(ITEMS), min_size=5, max_size=5).map(" ".join))
def test_what_passes_can_be_scheduled(text: str) -> None:
    if cron_fault(text) is None:
        assert trigger_for(text)
