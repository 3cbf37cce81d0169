"""The catalogue on disk: an edit is seen, a broken one keeps what was, and says so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from etl.catalogue.reading.problem import CatalogueErrors
from etl.jobs.scheduling import catalogue_watch
from etl.jobs.scheduling.catalogue_watch import CatalogueWatch

SOUND = Path(__file__).resolve().parents[2] / "problems/catalogue/sound"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(catalogue_watch, "SETTLING", 0.01)
    shutil.copytree(SOUND, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_nothing_is_read_again_while_nothing_changes(tree: Path) -> None:
    watched = CatalogueWatch(tree)
    assert watched.current() is watched.current()
    assert watched.trouble is None


def test_a_broken_edit_keeps_the_old_catalogue_and_says_why_until_it_is_mended(tree: Path) -> None:
    watched, path = CatalogueWatch(tree), tree / "indicators.yaml"
    sound, text = watched.current(), path.read_text(encoding="utf-8")
    path.write_text(text + "\nentah: [\n", encoding="utf-8")
    assert watched.current() is sound
    assert watched.trouble is not None
    assert "jadwal dan aturan lama tetap dipakai" in watched.trouble
    assert "indicators.yaml" in watched.trouble
    path.write_text(text + "\n# sudah diperbaiki\n", encoding="utf-8")
    assert watched.current() is not sound
    assert watched.trouble is None


def test_a_change_of_a_reference_file_is_an_edit_too(tree: Path) -> None:
    watched = CatalogueWatch(tree)
    aliases = tree / "data/reference/aliases.csv"
    before = len(watched.current().aliases)
    code = next(iter(watched.current().aliases.values()), watched.current().regions[0].code)
    header = aliases.read_text(encoding="utf-8").splitlines()[0].split(",")
    row = {"alias": "Nama Lain Sekali", "code": code}
    line = ",".join(row.get(name, "uji") for name in header)
    with aliases.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    assert len(watched.current().aliases) == before + 1


def test_there_must_be_a_sound_catalogue_to_begin_with(tree: Path) -> None:
    (tree / "indicators.yaml").write_text("entah: [", encoding="utf-8")
    with pytest.raises(CatalogueErrors):
        CatalogueWatch(tree)
