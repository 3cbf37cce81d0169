"""The import contracts hold, and each one goes red when it is broken once."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BREACHES = [
    ("One way through the ETL", "etl/catalogue/region.py", "from etl.warehouse import read"),
    ("One way through the dashboard", "dashboard/urls.py", "from dashboard import data"),
    ("The dashboard sees the catalogue", "dashboard/data.py", "from etl.jobs import run"),
    ("Only dashboard.data opens the warehouse", "dashboard/pages/home.py", "from etl.warehouse import read"),
    ("Only etl.jobs writes", "etl/pipeline/validate.py", "from etl.warehouse import write"),
    ("The ETL knows no web framework", "etl/jobs/run.py", "import flask"),
    ("Figures and pipeline are pure", "etl/pipeline/parse.py", "import sqlalchemy"),
    ("Pages do not know each other", "dashboard/pages/home.py", "from dashboard.pages import indicator"),
    ("Connectors do not know the warehouse", "etl/connectors/file.py", "from etl.warehouse import read"),
    ("Connectors do not know each other", "etl/connectors/djpk_apbd.py", "from etl.connectors import bps_webapi"),
]


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    """Run the import contracts of a tree and return what was printed."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Copy the code and its contracts, so that it can be broken."""
    for name in ("etl", "dashboard"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_tree_keeps_its_contracts() -> None:
    outcome = lint(ROOT)
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize(("contract", "module", "line"), BREACHES, ids=[each[0] for each in BREACHES])
def test_a_breach_is_seen(tree: Path, contract: str, module: str, line: str) -> None:
    path = tree / module
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    outcome = lint(tree)
    assert outcome.returncode != 0
    broken = [row for row in outcome.stdout.splitlines() if row.endswith("BROKEN")]
    assert any(row.startswith(contract) for row in broken), outcome.stdout
