"""Snapshots are kept for a minute, renewed by one thread, and never older than the warehouse."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import dataclass, field
from typing import cast

import pytest

from dashboard.data import Reader
from dashboard.wall.snapshot import Asked, Printed, Snapshots
from etl.measures.observation import Vintage

ASKED = Asked("64.01", "id", guest=False)
NOON = dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)


def vintage(number: int) -> Vintage:
    return Vintage(number, "data", NOON, f"seal-{number}", "", "", None, None)


@dataclass(eq=False)
class Warehouse:
    """Stands for the reader: only the newest vintage is asked for."""

    newest: Vintage = field(default_factory=lambda: vintage(1))

    def vintage(self) -> Vintage:
        return self.newest


class Painted(Snapshots):
    """Counts what it builds; a closed gate holds the builder up."""

    def __init__(self, warehouse: Warehouse) -> None:
        self.now, self.built = NOON, 0
        self.gate, self.begun = threading.Event(), threading.Event()
        self.gate.set()
        super().__init__(cast(Reader, warehouse), "v", lambda: self.now)

    def _build(self, asked: Asked, vintage: Vintage | None, now: dt.datetime) -> Printed | None:
        self.begun.set()
        assert self.gate.wait(10)
        self.built += 1
        return Printed(f"{vintage.number if vintage else 0} at {now:%H:%M}", b"", b"")

    def tag(self) -> str:
        printed = self.printed(ASKED)
        assert printed is not None
        return printed.tag


def held_up(walls: Painted) -> threading.Thread:
    """Let another thread build, and stop it in the midst."""
    walls.gate.clear()
    walls.begun.clear()
    other = threading.Thread(target=walls.tag)
    other.start()
    assert walls.begun.wait(10)
    return other


def test_a_snapshot_is_built_once_a_minute() -> None:
    walls = Painted(Warehouse())
    assert [walls.tag(), walls.tag()] == ["1 at 04:00"] * 2
    walls.now += dt.timedelta(seconds=61)
    assert walls.tag() == "1 at 04:01"
    assert walls.built == 2


def test_nobody_waits_while_a_new_minute_is_built() -> None:
    walls = Painted(Warehouse())
    walls.tag()
    walls.now += dt.timedelta(seconds=61)
    other = held_up(walls)
    assert walls.tag() == "1 at 04:00"
    walls.gate.set()
    other.join(10)
    assert walls.tag() == "1 at 04:01"


def test_the_minute_before_is_not_sent_for_long() -> None:
    walls = Painted(Warehouse())
    walls.tag()
    walls.now += dt.timedelta(minutes=4)
    other = held_up(walls)
    heard: list[str] = []
    waiting = threading.Thread(target=lambda: heard.append(walls.tag()))
    waiting.start()
    waiting.join(0.3)
    assert heard == []
    walls.gate.set()
    other.join(10)
    waiting.join(10)
    assert heard == ["1 at 04:04"]


def test_a_building_that_does_not_end_holds_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.wall.snapshot.WAIT", 0.05)
    walls = Painted(Warehouse())
    walls.tag()
    walls.now += dt.timedelta(minutes=4)
    other = held_up(walls)
    assert walls.printed(ASKED) is None
    walls.gate.set()
    other.join(10)
    assert walls.tag() == "1 at 04:04"


def test_a_new_vintage_is_shown_to_everyone_at_once() -> None:
    warehouse = Warehouse()
    walls = Painted(warehouse)
    walls.tag()
    warehouse.newest = vintage(2)
    assert walls.tag() == "2 at 04:00"


def test_an_older_vintage_never_replaces_a_newer_one() -> None:
    warehouse = Warehouse()
    walls = Painted(warehouse)
    walls.tag()
    warehouse.newest = vintage(2)
    other = held_up(walls)  # builds the second vintage, while a third is loaded and asked for
    warehouse.newest = vintage(3)
    late = threading.Thread(target=walls.tag)
    late.start()
    walls.gate.set()
    other.join(10)
    late.join(10)
    assert walls.tag() == "3 at 04:00"
    assert walls.built == 3
