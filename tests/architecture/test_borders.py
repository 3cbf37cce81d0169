"""The import contracts hold, and each one goes red when it is broken once.

A breach is an import added to the graph of the tree as it stands: what import-linter would see of such a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import grimp
import pytest
from importlinter import Contract, configuration
from importlinter.api import read_configuration
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.independence import IndependenceContract
from importlinter.contracts.layers import LayersContract
from importlinter.contracts.protected import ProtectedContract

ROOT = Path(__file__).resolve().parents[2]
KINDS: dict[str, type[Contract]] = {
    "forbidden": ForbiddenContract,
    "independence": IndependenceContract,
    "layers": LayersContract,
    "protected": ProtectedContract,
}
DOOR = "dashboard-reads-only"
BREACHES = [
    ("etl-layers", "etl.measures.region", "etl.warehouse.read.queries"),
    ("etl-layers", "etl.catalogue.names", "etl.measures.region"),
    ("etl-layers", "etl.measures.scoring", "etl.stewardship.desk"),
    ("etl-layers", "etl.connectors.file", "etl.pipeline.numbers"),
    ("etl-layers", "etl.jobs.locks", "etl.commands.context"),
    ("jobs-layers", "etl.jobs.loading.feed_run", "etl.jobs.scheduling.run_queue"),
    ("jobs-layers", "etl.jobs.workbooks.returned_copy", "etl.jobs.loading.raw_files"),
    ("warehouse-layers", "etl.warehouse.read.journal", "etl.warehouse.write.attempts"),
    ("warehouse-layers", "etl.warehouse.schema", "etl.warehouse.engine"),
    ("dashboard-layers", "dashboard.urls", "dashboard.data"),
    ("dashboard-layers", "dashboard.charts.axes", "dashboard.components.cards"),
    ("dashboard-layers", "dashboard.wall.view", "dashboard.pages.home"),
    (DOOR, "dashboard.data", "etl.jobs.loading.feed_run"),
    (DOOR, "dashboard.data", "etl.warehouse.schema"),
    (DOOR, "dashboard.pages.home", "etl.warehouse.read.queries"),
    (DOOR, "dashboard.wall.view", "etl.warehouse.write.push_tokens"),
    (DOOR, "dashboard.wall.view", "etl.warehouse.write.attempts"),
    (DOOR, "dashboard.wall.view", "etl.warehouse.write.decisions"),
    (DOOR, "dashboard.wall.view", "etl.warehouse.schema"),
    (DOOR, "dashboard.api.push", "etl.connectors.file"),
    (DOOR, "dashboard.components.tiles", "etl.pipeline.numbers"),
    (DOOR, "dashboard.settings", "etl.settings"),
    ("one-writer", "etl.commands.looking", "etl.warehouse.write"),
    ("one-writer", "etl.commands.looking", "etl.warehouse.write.commits"),
    ("one-writer", "etl.simulation.folder", "etl.warehouse.write.attempts"),
    ("one-writer", "etl.warehouse.read.queries", "etl.warehouse.write.transactions"),
    ("tables-inside", "etl.jobs.loading.feed_run", "etl.warehouse.schema"),
    ("tables-inside", "etl.commands.looking", "etl.warehouse.bulk"),
    ("etl-without-web", "etl.jobs.loading.feed_run", "flask"),
    ("pure", "etl.pipeline.numbers", "sqlalchemy"),
    ("pure", "dashboard.charts.axes", "dash"),
    ("pure", "etl.measures.scoring", "httpx"),
    ("no-io", "etl.measures.scoring", "pathlib"),
    ("no-io", "etl.pipeline.numbers", "os"),
    ("no-io", "dashboard.charts.axes", "time"),
    ("independent-pages", "dashboard.pages.home", "dashboard.pages.indicator"),
    ("independent-scenes", "dashboard.wall.scenes.districts", "dashboard.wall.scenes.changes"),
    ("connectors-without-warehouse", "etl.connectors.file", "etl.warehouse.read.queries"),
    ("independent-connectors", "etl.connectors.djpk_apbd", "etl.connectors.bps_webapi"),
    ("independent-connectors", "etl.connectors.portal.json_pages", "etl.connectors.sql"),
    ("connector-parts", "etl.connectors.web.http", "etl.connectors.portal.json_pages"),
]


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("etl", "dashboard", include_external_packages=True, cache_dir=None)


@pytest.fixture(scope="module")
def contracts() -> dict[str, Contract]:
    configuration.configure()
    return dict(_contracts())


def _contracts() -> Iterator[tuple[str, Contract]]:
    declared = read_configuration(str(ROOT / "pyproject.toml"))
    for options in declared["contracts_options"]:
        yield options["id"], KINDS[options["type"]](options["name"], declared["session_options"], options)


def test_the_tree_keeps_its_contracts(graph: grimp.ImportGraph, contracts: dict[str, Contract]) -> None:
    broken = [name for name, each in contracts.items() if not each.check(deepcopy(graph), verbose=False).kept]
    assert broken == []


@pytest.mark.parametrize(("contract", "importer", "imported"), BREACHES, ids=[" ".join(each) for each in BREACHES])
def test_a_breach_is_seen(
    graph: grimp.ImportGraph, contracts: dict[str, Contract], contract: str, importer: str, imported: str
) -> None:
    broken = deepcopy(graph)
    assert importer in broken.modules
    if "." in imported:
        assert imported in broken.modules
    elif imported not in broken.modules:
        broken.add_module(imported, is_squashed=True)
    broken.add_import(importer=importer, imported=imported)
    assert not contracts[contract].check(broken, verbose=False).kept


def test_every_contract_is_broken_once(contracts: dict[str, Contract]) -> None:
    assert contracts.keys() == {contract for contract, _, _ in BREACHES}
