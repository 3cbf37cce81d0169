"""The JSON Schema that editors use says what the loader accepts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from etl.catalogue.json_schema import json_schema, schema_text
from etl.jobs.connector_registry import CONNECTORS

ROOT = Path(__file__).resolve().parents[3]
SCHEMA = ROOT / "docs" / "indicators.schema.json"
PROBLEMS = ROOT / "tests" / "problems" / "catalogue"


def as_editor(path: Path) -> Any:
    """Read a file as an editor does: bare numbers are numbers."""

    class Reader(yaml.CBaseLoader):
        pass

    def scalar(loader: Any, node: yaml.ScalarNode) -> Any:
        if node.style:
            return node.value
        words = {"true": True, "false": False, "null": None}
        if node.value in words:
            return words[node.value]
        try:
            return int(node.value) if node.value.lstrip("-").isdigit() else float(Decimal(node.value))
        except ArithmeticError:
            return node.value

    Reader.add_constructor("tag:yaml.org,2002:str", scalar)
    return yaml.load(path.read_text(encoding="utf-8"), Reader)


def faults(path: Path) -> list[str]:
    validator = jsonschema.Draft202012Validator(json_schema(CONNECTORS))
    return [error.message for error in validator.iter_errors(as_editor(path))]


def test_the_written_schema_is_the_one_of_the_models() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(CONNECTORS), "make schema"


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema(CONNECTORS))


def test_a_sound_file_passes() -> None:
    assert faults(PROBLEMS / "sound" / "indicators.yaml") == []


@pytest.mark.parametrize(
    "name",
    ["unknown-direction", "unknown-key", "target-without-source", "feed-with-unknown-field", "plan-in-force-by-word",
     "reference-without-source", "decimals-not-whole", "id-with-blank", "text-for-list", "month-thirteen"],
)  # fmt: skip
def test_an_editor_sees_the_fault_too(name: str) -> None:
    assert faults(PROBLEMS / f"{name}.yaml")


def test_every_key_is_explained() -> None:
    schema = json_schema(CONNECTORS)
    for model in (schema, *schema["$defs"].values()):
        assert all(each["description"] for each in model["properties"].values())


def test_the_shipped_file_passes() -> None:
    assert faults(ROOT / "indicators.yaml") == []
