"""From a key to figures: the steward is walked through feeds that stand ready, against replayed sources."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from etl.__main__ import main
from etl.catalogue.load import load_catalogue
from etl.catalogue.reading.feed_lines import fill_in, open_entries
from etl.commands.connect_answers import with_secrets
from etl.connectors.bps.variables import BpsVariable, named, number_in
from etl.connectors.bps_webapi import BpsWebapiConnector
from etl.connectors.ckan import CkanConnector
from etl.connectors.djpk_apbd import DjpkApbdConnector
from etl.connectors.http_json import HttpJsonConnector
from etl.connectors.web.patience import Limits, Pace
from etl.jobs.connector_registry import CONNECTORS
from etl.measures.conflict import resolve
from tests.intake import SAMPLES
from tests.making import observation
from tests.replay import Asked, Replay, Reply, as_html, as_json

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
    assert type_in(monkeypatch, checkout, "https://kaltim.bps.go.id/id/statistics-table/2/MzEjMg==/x.html", "t") == 0
    assert (checkout / "indicators.yaml").read_bytes() == before
    assert values(checkout) == {}


def test_an_empty_key_goes_nowhere(
    bps: Replay, checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert type_in(monkeypatch, checkout, key="") == 2
    assert "PANTAU_BPS_KEY belum diisi" in capsys.readouterr().err
    assert bps.asked == []


def test_a_wrong_key_is_told_as_such(
    bps: Replay, checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    refusal = as_json({"status": "Error", "message": "Invalid key"})
    monkeypatch.setattr(bps, "answer", lambda _: refusal)
    assert type_in(monkeypatch, checkout) == 2
    assert "Kuncinya salah atau tidak aktif" in capsys.readouterr().err


def test_what_bps_itself_releases_goes_before_copies_and_is_asked_for_once(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert type_in(monkeypatch, checkout, "999", "zzz", "31", "y") in (0, 1)
    said = capsys.readouterr().out
    assert "Nomor 999 tidak ada di domain 6400" in said
    assert "Tidak ada variabel yang memuat “zzz”" in said
    assert re.search(r"Penduduk +Proyeksi.* Kabupaten Paser +2024 +296\.400 jiwa", said)
    assert "Belum dapat berjalan sendiri" in said.splitlines()[-1]
    catalogue = load_catalogue(checkout, CONNECTORS)
    mine = observation(indicator="population", series="proyeksi", publication="bps-webapi", producer="bps")
    copy = replace(mine, id=2, publication="github-hartaeyou-penduduk-2024")
    assert resolve([copy, mine], catalogue)[0] == mine
    assert main(["connect", FEED], {"PANTAU_DATABASE_URL": f"sqlite:///{checkout / 'w.sqlite'}"}, checkout) == 0
    assert "sudah hidup" in capsys.readouterr().out


def test_a_list_of_variables_that_lacks_some_is_none(
    bps: Replay, checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first = answer(Asked(f"/list/model/var/page/1/key/{KEY}/", {}))
    monkeypatch.setattr(bps, "answer", lambda _: first)  # page 1 again, where page 2 was asked for
    assert type_in(monkeypatch, checkout) == 2
    assert "BPS menyebut 12 variabel, tetapi mengirim 10" in capsys.readouterr().err


def test_a_feed_that_is_not_switched_on_does_not_run(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    environ = {"PANTAU_DATABASE_URL": f"sqlite:///{checkout / 'w.sqlite'}"}
    main(["migrate"], environ, checkout)
    assert main(["run", FEED], environ, checkout) == 2
    assert f"python -m etl connect {FEED}" in capsys.readouterr().err
    assert main(["connect"], environ, checkout) == 0
    said = capsys.readouterr().out
    assert "djpk-kutim" in said
    assert "pemda" in said


def test_variables_named_by_their_title_come_before_those_of_the_subject() -> None:
    found = [BpsVariable(number, title, "Jiwa", "Kependudukan") for number, title in enumerate(
        ("Kelahiran", "Jumlah Penduduk", "Migrasi", "Penduduk Miskin"))]  # fmt: skip
    assert [each.number for each in named(found, "penduduk")] == [1, 3, 0, 2]
    assert [each.number for each in named(found, "miskin penduduk")] == [3]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("399", 399),
        ("https://kaltim.bps.go.id/en/statistics-table/2/Mzk5IzI=/rasio-elektrifikasi.html", 399),
        ("https://kaltim.bps.go.id/id/statistics-table/2/MTQ3IzI=", 147),
        ("https://kaltim.bps.go.id/id/statistics-table/1/Mzk5IzE=/lain.html", None),
        ("https://kaltim.bps.go.id/id/statistics-table/2/rusak/x.html", None),
        ("penduduk 2024", None),
    ],
)
def test_the_address_of_a_table_on_bps_site_tells_its_number(typed: str, number: int | None) -> None:
    assert number_in(typed) == number


def test_each_secret_that_a_feed_names_is_asked_for_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("getpass.getpass", lambda question: f"rahasia {question}")
    signin = {"address": "/masuk", "user": "NAMA", "password": "SANDI"}
    held = with_secrets({"token": None, "signin": signin, "proxy_login": "PROKSI", "key": "ADA"}, {"ADA": "1"})
    assert {name for name, text in held.items() if text.startswith("rahasia")} == {"NAMA", "SANDI", "PROKSI"}
    assert "rahasia" not in capsys.readouterr().out


# Other sources: one feed each, alone in the catalogue


def alone(feed: str, folder: Path, **below: str) -> None:
    """Write a checkout whose only feed is this one; `below` an entry of its group stands another line."""
    before, _, rest = (ROOT / "indicators.yaml").read_text(encoding="utf-8").partition("\nfeeds:\n")
    block = re.search(rf"  - id: {feed}\n(?:    .*\n)+", rest)
    assert block
    lines = block[0]
    for entry, line in below.items():
        lines = re.sub(rf"( +){entry}:.*\n", rf"\g<0>\g<1>{line}\n", lines)
    (folder / "indicators.yaml").write_text(f"{before}\nfeeds:\n{lines}", encoding="utf-8")


def walk(folder: Path, monkeypatch: pytest.MonkeyPatch, feed: str, *answers: str) -> list[str]:
    """Type the answers, which must be all that is asked for, and return the questions."""
    questions: list[str] = []
    waiting = iter(answers)

    def answer_next(question: str) -> str:
        questions.append(question)
        return next(waiting)

    monkeypatch.setattr("builtins.input", answer_next)
    main(["connect", feed], {"PANTAU_DATABASE_URL": f"sqlite:///{folder / 'gudang.sqlite'}"}, folder)
    assert list(waiting) == []
    return questions


@pytest.fixture
def lone(tmp_path: Path, migrated_sqlite: Path) -> Path:
    for name in ("data/reference", "data/published"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(migrated_sqlite, tmp_path / "gudang.sqlite")
    return tmp_path


def held(folder: Path) -> dict[str, str]:
    engine = create_engine(f"sqlite:///{folder / 'gudang.sqlite'}")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT indicator, region, period, value FROM readable_observation"))
        found = {" ".join(row[:3]): str(row[3]) for row in rows}
    engine.dispose()
    return found


QUICK = Limits(attempts=1, request=5, fetch=60)


def test_djpk_is_asked_by_its_own_code(lone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.commands.connecting.YEARS", dt.date.today().year - 2024)
    then = dt.datetime(2025, 10, 5, tzinfo=dt.UTC)
    connector = DjpkApbdConnector(QUICK, Pace(sleep=lambda _: None, now=lambda: then))
    monkeypatch.setattr("etl.connectors.djpk_apbd.CONNECTOR", connector)
    absent = as_html((SAMPLES / "djpk/error_html_200.html").read_text(encoding="utf-8"))
    table = Reply(content=next((SAMPLES / "djpk").glob("csv_apbd*.csv")).read_bytes(), kind="text/csv")
    with Replay().running() as djpk:
        djpk.script["/apbd"] = lambda asked: table if "periode=9&tahun=2025" in asked.path else absent
        alone("djpk-kutim", lone, provinsi=f"base: {djpk.address}/apbd")
        asked = walk(lone, monkeypatch, "djpk-kutim", "08", "y")
    assert asked[0] == "pemda (kode pemerintah daerah menurut DJPK, bukan kode BPS): "
    assert all("pemda=08" in each for each in djpk.paths)
    assert held(lone) == {"apbd-revenue-rate 64.08 2025-09": "77.5", "apbd-expenditure-rate 64.08 2025-09": "60"}
    assert 'pemda: "08"' in (lone / "indicators.yaml").read_text(encoding="utf-8")


def test_a_ckan_portal_is_asked_for_its_address_its_resource_and_its_columns(
    lone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("etl.connectors.ckan.CONNECTOR", CkanConnector(QUICK))
    row = {"_id": 1, "wilayah": "Kabupaten Paser", "tahun": "2024", "indeks": "3,27"}
    fields = [{"id": name, "type": "text"} for name in row]
    with Replay().running() as portal:
        result = {"records": [row], "fields": fields, "total": 1, "limit": 5000}
        portal.script["/api/3/action/datastore_search"] = as_json({"success": True, "result": result})
        resource = {"id": "sumber-1", "name": "Indeks SPBE", "datastore_active": True}
        sets = {"count": 1, "results": [{"title": "SPBE Paser", "resources": [resource]}]}
        portal.script["/api/3/action/package_search"] = as_json({"success": True, "result": sets})
        alone("ckan-spbe", lone)
        asked = walk(
            lone, monkeypatch, "ckan-spbe", portal.address, "spbe", "sumber-1", "Wilayah?", "wilayah", "indeks", "y"
        )
    assert [each.split(" ")[0] for each in asked] == ["base", "Kata", "Kata", "Kolom", "Kolom", "Kolom", "Tulis"]
    assert "sumber-1  SPBE Paser › Indeks SPBE (DataStore)" in capsys.readouterr().out
    assert asked[5] == "Kolom “indeks_spbe” tidak ada. Kolom untuk nilai: "
    assert held(lone) == {"spbe 64.01 2024": "3.27"}


def test_a_json_portal_is_asked_for_its_address(lone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.connectors.http_json.CONNECTOR", HttpJsonConnector(QUICK))
    row = {"kode_kabupaten_kota": 6401, "tahun": 2024, "indeks_spbe": 3.27, "satuan": "indeks"}
    with Replay().running() as portal:
        portal.script["/spbe"] = as_json({"data": [row], "meta": {"total_record": 1}})
        alone("portal-spbe", lone)
        walk(lone, monkeypatch, "portal-spbe", f"{portal.address}/spbe", "y")
    assert held(lone) == {"spbe 64.01 2024": "3.27"}


def test_a_source_that_refuses_leaves_the_catalogue_as_it_was(
    lone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("etl.connectors.http_json.CONNECTOR", HttpJsonConnector(QUICK))
    alone("portal-spbe", lone)
    before = (lone / "indicators.yaml").read_bytes()
    with Replay().running() as portal:
        walk(lone, monkeypatch, "portal-spbe", f"{portal.address}/salah")
    assert "no script for" in capsys.readouterr().err
    assert (lone / "indicators.yaml").read_bytes() == before
    assert held(lone) == {}


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
