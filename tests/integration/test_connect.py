"""From a key to figures: the steward is walked through a feed that stands ready, against a replayed BPS."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from etl.__main__ import main
from etl.catalogue.reading.feed_lines import fill_in, open_entries
from etl.connectors.bps_webapi import BpsWebapiConnector
from etl.connectors.web.patience import Limits, Pace
from tests.intake import SAMPLES
from tests.replay import Asked, Replay, Reply, as_json

ROOT = Path(__file__).resolve().parents[2]
KEY = "0123456789abcdef0123456789abcdef"
FEED = "bps-penduduk"


def answer(asked: Asked) -> Reply:
    """Answer as BPS does, whatever years are asked for."""
    assert f"/key/{KEY}/" in asked.path
    if "/model/var/" in asked.path:
        return as_json(json.loads((SAMPLES / f"bps/list_var_p{asked.path.split('/page/')[1][0]}.json").read_text()))
    if "/model/th/" in asked.path:
        rows = [{"th_id": 123, "th": "2023"}, {"th_id": 124, "th": "2024"}]
        head = {"page": 1, "pages": 1, "per_page": 10, "count": 2, "total": 2}
        return as_json({"status": "OK", "data-availability": "available", "data": [head, rows]})
    return as_json(json.loads((SAMPLES / "bps/data_annual.json").read_text()))


@pytest.fixture
def bps(monkeypatch: pytest.MonkeyPatch) -> Iterator[Replay]:
    quick = BpsWebapiConnector(Limits(attempts=2, request=5, fetch=20), Pace(sleep=lambda _: None))
    monkeypatch.setattr("etl.connectors.bps_webapi.CONNECTOR", quick)
    with Replay().running() as replay:
        monkeypatch.setattr(replay, "answer", answer)
        yield replay


@pytest.fixture
def checkout(tmp_path: Path, bps: Replay) -> Path:
    for name in ("data/reference", "data/published"):
        shutil.copytree(ROOT / name, tmp_path / name)
    document = (ROOT / "indicators.yaml").read_text(encoding="utf-8")
    at = document.index(f"- id: {FEED}\n")
    block = document[at:].replace('domain: "6400"', f'domain: "6400"\n      base: {bps.address}', 1)
    (tmp_path / "indicators.yaml").write_text(document[:at] + block, encoding="utf-8")
    return tmp_path


def type_in(monkeypatch: pytest.MonkeyPatch, checkout: Path, *answers: str, key: str = KEY) -> int:
    waiting = iter(answers)
    monkeypatch.setattr("builtins.input", lambda _: next(waiting))
    monkeypatch.setattr("getpass.getpass", lambda _: key)
    environ = {"PANTAU_DATABASE_URL": f"sqlite:///{checkout / 'w.sqlite'}"}
    assert main(["migrate"], environ, checkout) == 0
    return main(["connect", FEED], environ, checkout)


def values(checkout: Path) -> dict[str, str]:
    engine = create_engine(f"sqlite:///{checkout / 'w.sqlite'}")
    query = "SELECT region, period, value FROM readable_observation WHERE indicator = 'population'"
    with engine.connect() as connection:
        found = {f"{row[0]} {row[1]}": str(row[2]) for row in connection.execute(text(query))}
    engine.dispose()
    return found


def test_from_a_key_to_figures(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (checkout / "indicators.yaml").read_text(encoding="utf-8")
    assert type_in(monkeypatch, checkout, "contoh 2", "31", "y") in (0, 1)
    said = capsys.readouterr()
    assert "31  Variabel contoh 2 (Jiwa; Kependudukan)" in said.out
    assert "akan diterima" in said.out
    assert KEY not in said.out + said.err
    assert "jangan di indicators.yaml" in said.out
    assert values(checkout)["64.01 2024"] == "296400"
    after = (checkout / "indicators.yaml").read_text(encoding="utf-8")
    changed = [(one, two) for one, two in zip(before.split("\n"), after.split("\n"), strict=True) if one != two]
    assert [two.strip() for _, two in changed] == ["enabled: true", "var: 31"]
    assert KEY not in after


def test_a_no_writes_nothing(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (checkout / "indicators.yaml").read_bytes()
    assert type_in(monkeypatch, checkout, "31", "t") == 0
    assert (checkout / "indicators.yaml").read_bytes() == before
    assert values(checkout) == {}


def test_a_feed_that_is_not_switched_on_does_not_run(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    environ = {"PANTAU_DATABASE_URL": f"sqlite:///{checkout / 'w.sqlite'}"}
    main(["migrate"], environ, checkout)
    assert main(["run", FEED], environ, checkout) == 2
    assert f"python -m etl connect {FEED}" in capsys.readouterr().err
    assert main(["connect"], environ, checkout) == 0
    said = capsys.readouterr().out
    assert "djpk-kutim" in said
    assert "pemda" in said


DOCUMENT = """indicators:
  - id: uji
feeds:
  # satu
  - id: uji  # ini
    enabled: false
    grup:
      alamat: ISI_ALAMAT  # alamat lengkap
  - id: lain
    enabled: false
"""


def test_filling_in_touches_no_other_line() -> None:
    assert [(each.key, each.hint) for each in open_entries(DOCUMENT, "uji")] == [("alamat", "alamat lengkap")]
    filled: Any = fill_in(DOCUMENT, "uji", {"alamat": '"x: #"', "enabled": "true"})
    assert filled == DOCUMENT.replace("ISI_ALAMAT  # alamat lengkap", '"x: #"').replace("false", "true", 1)
    with pytest.raises(ValueError, match="Isi dengan tangan"):
        fill_in(DOCUMENT, "uji", {"tidak-ada": "1"})
