"""A file that is dropped into the inbox is taken within seconds, whatever its feed's schedule says."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from etl.jobs.scheduling import timetable
from tests.integration.schedule.town import HEADER, Town, wait_for


def test_a_dropped_file_is_loaded_before_its_feed_is_due(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timetable, "LOOK_SECONDS", 0.2)
    catalogue = town.root / "indicators.yaml"
    town.declare("kiriman", schedule="0 6 1 1 *")
    catalogue.write_text(
        catalogue.read_text(encoding="utf-8").replace("data/kiriman/", "data/inbox/"), encoding="utf-8"
    )
    folder: Path = town.root / "data/inbox/kiriman"
    folder.mkdir(parents=True)
    (folder / "masih.csv.part").write_text("x", encoding="utf-8")
    scheduler = town.scheduler()
    thread = threading.Thread(target=scheduler.run)
    thread.start()
    try:
        path = folder / "satu.csv"
        path.write_text(f'{HEADER}Paser,2024,"14,2"\n', encoding="utf-8")
        os.utime(path, (1000, 1000))  # copied with its old time
        wait_for(lambda: town.figures() == [("14,2", 1)])
        wait_for(lambda: [each.name for each in folder.iterdir()] == ["masih.csv.part"])
    finally:
        scheduler.stop()
        thread.join(30)
    assert [(each.outcome, each.accepted) for each in town.attempts()][-1] == ("loaded", 1)
    assert (folder / "masih.csv.part").read_text(encoding="utf-8") == "x"
