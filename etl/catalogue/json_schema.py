"""The JSON Schema of indicators.yaml, by which an editor completes and checks it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from etl.catalogue.checks.parts import Transport
from etl.catalogue.declaration import declare_document
from etl.catalogue.feeds import FEED_FIELDS
from etl.catalogue.record_kinds import RECORD_FIELDS


def json_schema(connectors: Mapping[str, Transport]) -> dict[str, Any]:
    """Build the schema of what indicators.yaml may hold; only `load_catalogue` sees whether its words fit together."""
    schema = declare_document(connectors).model_json_schema()
    for model in (schema, *schema["$defs"].values()):
        model.pop("description", None)  # of the class, for those who read the code
        for shape in model["properties"].values():
            shape["description"] = " ".join(shape["description"].split())
    for field in ("columns", "defaults"):
        names = list(dict.fromkeys((*FEED_FIELDS, *RECORD_FIELDS)))
        schema["$defs"]["Feed"]["properties"][field]["propertyNames"] = {"enum": names}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_relaxed(schema), "title": "Katalog Pantau"}


def _relaxed(node: Any) -> Any:
    """Let a text be a bare number (period: 2024), as the loader does, which keeps it as written; drop the titles."""
    if isinstance(node, list):
        return [_relaxed(each) for each in node]
    if not isinstance(node, dict):
        return node
    relaxed = {key: _relaxed(each) for key, each in node.items() if key != "title" or isinstance(each, dict)}
    if relaxed.get("type") == "string" and "enum" not in relaxed and "const" not in relaxed:
        relaxed["type"] = ["string", "number"]
    return relaxed


def schema_text(connectors: Mapping[str, Transport]) -> str:
    """Return the text of docs/indicators.schema.json."""
    return json.dumps(json_schema(connectors), ensure_ascii=False, indent=1) + "\n"
