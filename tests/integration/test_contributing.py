"""CONTRIBUTING.md is run: each recipe, followed to the letter in a copy of the tree, gives what it promises."""

from __future__ import annotations

import datetime as dt
import json
import lzma
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboard.app import create_app
from dashboard.data import open_read_only
from dashboard.settings import WebSettings
from etl.catalogue.load import load_catalogue
from etl.jobs.connector_registry import CONNECTORS
from etl.jobs.loading.feed_run import keep_catalogue
from etl.warehouse.engine import open_engine
from etl.warehouse.read import queries
from tests.jobs import job
from tests.recipes import FENCE, Block, Recipe, follow, read_recipes, run
from tests.replay import CSV, Replay, Reply

ROOT = Path(__file__).resolve().parents[2]
SEALED_BEFORE = ROOT / "tests/samples/warehouse-0.2/warehouse.sqlite.xz"
NOW = dt.datetime(2026, 11, 22, 1, tzinfo=dt.UTC)
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
RECIPES = read_recipes(CONTRIBUTING)
NEEDED = {"Add a feed on a known transport": "Add an indicator"}  # whose figures the feed brings
COPIED = ("etl", "dashboard", "assets", "data/reference", "data/published", "indicators.yaml", "docs/feeds.md")
FOR_TESTS = (
    "pyproject.toml",
    "tests/conftest.py",
    "tests/intake.py",
    "tests/jobs.py",
    "tests/making.py",
    "tests/replay.py",
)


@pytest.fixture
def tree(tmp_path: Path, migrated_sqlite: Path) -> Path:
    """Copy the house, with compiled modules, and put an empty warehouse into it."""
    for name in (*COPIED, *FOR_TESTS):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, tmp_path / name)
    shutil.copy(migrated_sqlite, warehouse(tmp_path))
    return tmp_path


def warehouse(tree: Path) -> Path:
    return tree / "data" / "warehouse.sqlite"


def url(tree: Path) -> str:
    return f"sqlite:///{warehouse(tree)}"


def record(tree: Path) -> None:
    """Record the tree's catalogue in its warehouse."""
    engine = open_engine(url(tree))
    keep_catalogue(job(engine, load_catalogue(tree, CONNECTORS), tree, NOW))
    engine.dispose()


def asked(tree: Path, code: str) -> Any:
    """Run code of the tree that leaves `client`, a browser's stand-in, something to say in `found`."""
    script = (
        "import json; from dashboard.app import create_app; from dashboard.data import open_read_only;"
        "from dashboard.settings import WebSettings; from dashboard.warmup import ask_page;"
        f"url = {url(tree)!r};"
        f"client = create_app(WebSettings(database_url=url), open_read_only(url)).server.test_client()\n{code}\n"
        "print(json.dumps(found))"
    )
    return json.loads(run(tree, "python", "-c", script).splitlines()[0])


def check_indicator(tree: Path, recipe: Recipe) -> None:
    """The page exists and the API lists the indicator."""
    record(tree)
    engine = open_read_only(url(tree))
    client = create_app(WebSettings(database_url=url(tree)), engine).server.test_client()
    assert client.get("/indikator/panjang-drainase?wilayah=64.01").status_code == 200
    assert client.get("/indikator/panjang-drainasi?wilayah=64.01").status_code == 404
    assert "panjang-drainase" in {each["id"] for each in client.get("/api/v1/indicators").get_json()}
    engine.dispose()


def check_feed(tree: Path, recipe: Recipe) -> None:
    """The dropped file is loaded: its one row is a figure."""
    engine = open_engine(url(tree))
    with engine.connect() as connection:
        vintage = queries.current_vintage(connection)
        assert vintage is not None
        (figure,) = queries.observations(connection, vintage, indicator="panjang-drainase")
    engine.dispose()
    assert (str(figure.value), figure.printed, figure.region) == ("1234.5", "1.234,5", "64.01")


def check_connector(tree: Path, recipe: Recipe) -> None:
    """Its test passes; a feed that uses it is checked to the word, and loaded."""
    run(tree, "python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/unit/connectors/test_csv_web.py")
    (example,) = re.findall(r"```yaml\n(.+?)```", recipe.blocks[-1].text, re.DOTALL)
    entry = "".join(f"  {line}\n" for line in example.splitlines()).replace("  id:", "- id:", 1)
    unknown_key = entry.replace("address:", "adress:").replace("spbe-csv", "spbe-salah")
    unknown_name = entry.replace("connector: csv_web", "connector: csv_wep")
    sound = (tree / "indicators.yaml").read_text(encoding="utf-8")
    follow(feed_of(unknown_key + unknown_name), tree)
    said = run(tree, "python", "-m", "etl", "check", ends=2)
    assert re.search(
        r'indicators.yaml baris [0-9]+, feeds › spbe-salah › csv_web.*"adress".*Maksud Anda "address"', said
    )
    assert re.search(r'feeds › spbe-csv › connector: ditemukan "csv_wep".*Maksud Anda "csv_web"', said)
    (tree / "indicators.yaml").write_text(sound, encoding="utf-8")
    with Replay().running() as server:
        server.script["/spbe.csv"] = Reply(content=b"wilayah;tahun;nilai\nPaser;2024;3,27\n", kind=CSV)
        follow(feed_of(entry.replace("https://satudata.paserkab.go.id", server.address)), tree)
        assert re.search(r"jumlah +1 +1 +0 +0$", run(tree, "python", "-m", "etl", "run", "spbe-csv"), re.MULTILINE)


def feed_of(entry: str) -> Recipe:
    """Make a recipe of one feed."""
    return Recipe("feed", 1, (Block("yaml", "indicators.yaml › feeds", entry),))


def check_page(tree: Path, recipe: Recipe) -> None:
    """The page answers, with a place in the navigation, in both languages; it names itself where it is broken."""
    record(tree)
    code = (
        "found = [client.get(path).status_code for path in ('/contoh', '/contoh-lain')]\n"
        "found += [ask_page(client, '/contoh', f'?lang={lang}').get_data(as_text=True) for lang in ('id', 'en')]\n"
        "found += [ask_page(client, '/metodologi', '?lang=en').get_data(as_text=True)]"
    )
    there, elsewhere, *pages = asked(tree, code)
    assert (there, elsewhere) == (200, 404)
    for said, words in zip(pages, ("Katalog memuat", "The catalogue holds", "Example page"), strict=True):
        assert words in said
        assert re.search(r'"children":"(Contoh halaman|Example page)","href":"\\u002fcontoh', said)
    page = tree / "dashboard" / "pages" / "contoh.py"
    page.write_text(page.read_text(encoding="utf-8") + "\nunknown\n", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"dashboard/pages/contoh.py: NameError: name 'unknown'"):
        asked(tree, "found = None")


def check_text(tree: Path, recipe: Recipe) -> None:
    """The text is there in both languages."""
    code = (
        "from dashboard.language import t; print(t('home.example', 'id', name='A'), t('home.example', 'en', name='A'))"
    )
    assert run(tree, "python", "-c", code).strip() == "Contoh untuk A An example for A"


def check_scene(tree: Path, recipe: Recipe) -> None:
    """The scene is in what a wall is sent, can be asked for by its word, and set in the catalogue."""
    follow(Recipe("wall", 1, (Block("yaml", "indicators.yaml › end", "\nwall: {scenes: [cakupan, dimensi]}\n"),)), tree)
    run(tree, "python", "-m", "etl", "run", "targets")  # there is no file: only the catalogue is recorded
    code = (
        "scenes = client.get('/wall/snapshot.json?wilayah=64.01&lang=en').get_json()['scenes']\n"
        "found = [[each['title'] for each in scenes], client.get('/wall').get_data(as_text=True),"
        " ask_page(client, '/wall/atur', '').get_data(as_text=True)]"
    )
    titles, wall, setup = asked(tree, code)
    assert "Coverage" in titles
    assert "coverage" in wall
    assert "Cakupan data" in setup


def check_sealed_column(tree: Path, recipe: Recipe) -> None:
    """A warehouse sealed before the column is whole behind it, and so is what is sealed with it."""
    with lzma.open(SEALED_BEFORE) as packed:
        warehouse(tree).write_bytes(packed.read())
    run(tree, "python", "-m", "etl", "migrate")
    assert "utuh" in run(tree, "python", "-m", "etl", "verify")
    run(tree, "python", "-m", "etl", "run", "published-base")
    assert "utuh" in run(tree, "python", "-m", "etl", "verify")
    with sqlite3.connect(warehouse(tree)) as connection:
        forms = [form for (form,) in connection.execute("SELECT DISTINCT form FROM seal ORDER BY form")]
    connection.close()
    assert forms == [1, 2]


CHECKS: dict[str, Callable[[Path, Recipe], None]] = {
    "Add an indicator": check_indicator,
    "Add a feed on a known transport": check_feed,
    "Add a connector": check_connector,
    "Add a page": check_page,
    "Add a text in both languages": check_text,
    "Add a scene to the wall": check_scene,
    "Add a column to a sealed table": check_sealed_column,
}
FOLLOWED_ELSEWHERE = ["Add a field to an observation"]  # by test_observation_field.py, beside what stood before it


def test_every_block_belongs_to_a_recipe_that_is_followed_here() -> None:
    assert [name for name, recipe in RECIPES.items() if recipe.blocks] == [*CHECKS, *FOLLOWED_ELSEWHERE]
    assert sum(len(recipe.blocks) for recipe in RECIPES.values()) == len(FENCE.findall(CONTRIBUTING))
    assert re.findall(r"^ {4}.*", FENCE.sub("", CONTRIBUTING), re.MULTILINE) == [], "indented code is not followed"


def test_a_block_that_says_no_file_cannot_be_followed(tmp_path: Path) -> None:
    for block in (Block("python", "", "x = 1\n"), Block("text", "", "x\n")):
        with pytest.raises(AssertionError, match="names no file"):
            follow(Recipe("contoh", 1, (block,)), tmp_path)


@pytest.mark.parametrize("name", CHECKS)
def test_a_change_costs_what_its_heading_says(name: str) -> None:
    assert len(RECIPES[name].touched) == RECIPES[name].files


@pytest.mark.parametrize("name", CHECKS)
def test_a_recipe_gives_what_it_promises(name: str, tree: Path) -> None:
    for each in filter(None, (NEEDED.get(name), name)):
        follow(RECIPES[each], tree)
    if code := [path for path in sorted(RECIPES[name].touched) if path.endswith(".py")]:
        ruff = str(Path(sys.executable).with_name("ruff"))
        run(tree, ruff, "check", "--no-cache", *code)
        run(tree, ruff, "format", "--no-cache", "--check", *code)
    CHECKS[name](tree, RECIPES[name])
