"""The steward's commands as they are typed."""

from __future__ import annotations

from tests.integration.test_cli import Desk, desk

__all__ = ["desk"]  # the fixture

GOOD, BAD = "ipm;Paser;2023;75,13;indeks", "ipm;Entah;2022;74,03;indeks"


def checked(desk: Desk) -> Desk:
    path = desk.root / "indicators.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "    check: steward\n", encoding="utf-8")
    desk.type("migrate")
    return desk


def test_a_delivery_is_checked_accepted_and_not_decided_on_again(desk: Desk) -> None:
    checked(desk).drop(GOOD, BAD)
    desk.type("run uji")
    assert "menunggu pemeriksaan" in desk.said
    assert desk.type("accept 1 --by Siti") == 1
    assert "dimuat" in desk.said
    assert desk.type("return 1 --by Budi --reason salah") == 2
    assert "sudah diterima oleh Siti" in desk.complained
    assert desk.type("accept 5 --by Siti") == 2
    assert "tidak menunggu pemeriksaan" in desk.complained
    assert desk.type("accept 1") == 2
    assert desk.type("verify") == 0


def test_a_delivery_is_returned_with_its_reason(desk: Desk) -> None:
    checked(desk).drop(GOOD)
    desk.type("run uji")
    assert desk.type("return 1 --by Siti --reason salah-tahun") == 0
    assert "Walidata (Siti) mengembalikan kiriman ini: salah-tahun" in desk.said
    desk.type("findings uji")
    assert "[dikembalikan-walidata]" in desk.said
    assert desk.type("verify") == 0


def test_returned_rows_are_listed_by_run_and_as_a_workbook(desk: Desk) -> None:
    desk.type("migrate")
    desk.drop(GOOD, BAD)
    desk.type("run uji")
    desk.drop(GOOD)
    desk.type("run uji")
    assert desk.type("findings") == 0
    assert "Dikembalikan: 0 baris" in desk.said
    assert desk.type("findings --run 1 --xlsx daftar.xlsx") == 0
    assert "wilayah-tak-dikenal: 1" in desk.said
    assert (desk.root / "daftar.xlsx").exists()
    assert desk.type("findings --xlsx daftar.xlsx") == 2
    assert "sudah ada" in desk.complained
    assert desk.type("findings entah") == 2


def test_a_delivery_is_run_again_by_its_number(desk: Desk) -> None:
    desk.type("migrate")
    desk.drop(GOOD, BAD)
    desk.type("run uji")
    aliases = desk.root / "data/reference/aliases.csv"
    header = aliases.read_text(encoding="utf-8").splitlines()[0].split(",")
    row = {"alias": "Entah", "code": "64.08", "region": "64.08"}
    aliases.write_text(
        aliases.read_text(encoding="utf-8").rstrip("\n")
        + "\n"
        + ",".join(row.get(name, "uji") for name in header)
        + "\n",
        encoding="utf-8",
    )
    assert desk.type("replay 1") == 0, desk.said + desk.complained
    assert "dimuat" in desk.said
    assert desk.type("findings") == 0
    assert "Dikembalikan: 0 baris" in desk.said
    assert desk.type("replay 77") == 2
