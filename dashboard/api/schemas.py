"""JSON schemas of the API's rows. Every field is required and no other is sent, so that a change is noticed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from etl.catalogue.feeds import Frequency
from etl.catalogue.models import Direction
from etl.catalogue.reference import Kind, Level, Mark, Status
from etl.measures.observation import Absence, AttemptOutcome, Basis, Reason

Schema = dict[str, object]

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
FLAG: Schema = {"type": "boolean"}
MOMENT: Schema = {"type": "string", "format": "date-time", "pattern": "Z$"}
EXACT: Schema = {"type": "string", "pattern": r"^-?\d+/\d+$"}
TEXTS: Schema = {"type": "array", "items": TEXT}


def ref(name: str) -> Schema:
    """Point at a named schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def nullable(schema: Schema) -> Schema:
    """Allow null beside a schema."""
    return {"anyOf": [schema, {"type": "null"}]}


def words(literal: object) -> Schema:
    """Allow the words of a Literal only."""
    return {"type": "string", "enum": list(get_args(literal))}


def listed(schema: Schema) -> Schema:
    """Return a list of one schema."""
    return {"type": "array", "items": schema}


def record(fields: Mapping[str, Schema]) -> Schema:
    """Return an object with exactly these fields."""
    return {
        "type": "object", "properties": dict(fields), "required": list(fields), "additionalProperties": False,
    }  # fmt: skip


def pair(name: str, empty: bool = False) -> dict[str, Schema]:
    """Return a figure as decimal and as exact fraction."""
    wrap = nullable if empty else dict
    return {name: wrap(NUMBER), f"{name}_exact": wrap(EXACT)}


BILINGUAL = record({"id": TEXT, "en": TEXT})
PLACE = record(
    {"file": TEXT, "sheet": nullable(TEXT), "row": WHOLE, "column": nullable(TEXT), "sha256": TEXT}
)  # fmt: skip
SOURCE = record(
    {
        "producer": TEXT, "producer_name": TEXT, "publication": TEXT, "title": nullable(TEXT), "url": nullable(TEXT),
    }
)  # fmt: skip
OBSERVATION: dict[str, Schema] = {
    "id": WHOLE,
    "indicator": TEXT,
    "series": TEXT,
    "region": TEXT,
    "region_name": TEXT,
    "period": TEXT,
    "period_start": {"type": "string", "format": "date"},
    "period_end": {"type": "string", "format": "date"},
    "kind": words(Kind),
    "value": nullable(NUMBER),
    "category": nullable(TEXT),
    "unit": TEXT,
    "printed": TEXT,
    "printed_unit": TEXT,
    "step": nullable(NUMBER),
    "numerator": nullable(NUMBER),
    "denominator": nullable(NUMBER),
    "status": words(Status),
    "marks": listed(words(Mark)),
    "note": nullable(TEXT),
    "plan": nullable(TEXT),
    "source": ref("Source"),
    "feed": TEXT,
    "run": WHOLE,
    "version": WHOLE,
    "vintage": WHOLE,
    "vintage_seal": {"type": "string", "pattern": "^[0-9a-f]{8}$"},
    "recorded_at": MOMENT,
    "place": ref("Place"),
    "shown": FLAG,
}
CONFLICT = record(
    {
        "indicator": TEXT, "region": TEXT, "region_name": TEXT, "period": TEXT, "kind": words(Kind),
        "reason": words(Reason), "why": ref("Bilingual"), "bands_differ": FLAG,
        "shown": ref("Observation"), "others": listed(ref("OtherObservation")),
    }
)  # fmt: skip
REASON_COUNT = record({"reason": words(Reason), "why": ref("Bilingual"), "count": WHOLE})
LEAF = record(
    {
        "indicator": TEXT, "name": nullable(ref("Bilingual")), **pair("weight"), **pair("score", True),
        **pair("raw", True), "basis": nullable(words(Basis)), "absence": nullable(words(Absence)),
        "reason": nullable(TEXT), "series": nullable(TEXT), "period": nullable(TEXT),
        "observation": nullable(WHOLE), "target": nullable(TEXT), "disputed": FLAG,
    }
)  # fmt: skip
BRANCH = record(
    {
        "subdimension": TEXT, "name": nullable(ref("Bilingual")), **pair("weight"), "leaves": listed(ref("Leaf")),
    }
)  # fmt: skip
SCORE = record(
    {
        "region": TEXT, "region_name": TEXT, "period": TEXT, "dimension": TEXT,
        "dimension_name": nullable(ref("Bilingual")), **pair("score", True), "reason": nullable(TEXT),
        "band": nullable(record({"no": WHOLE, "label": ref("Bilingual")})),
        **pair("coverage"), **pair("low"), **pair("high"), "present": WHOLE, "total": WHOLE,
        "method": WHOLE, "tree": listed(ref("Branch")),
    }
)  # fmt: skip
TARGET = record(
    {
        "region": TEXT, "period": TEXT, "value": nullable(NUMBER), "category": nullable(TEXT), "plan": TEXT,
        "series": nullable(TEXT), "source": TEXT, "page": nullable(TEXT), "applies_below": FLAG,
        "note": nullable(TEXT),
    }
)  # fmt: skip
REFERENCE = record({"worst": NUMBER, "best": NUMBER, "base": TEXT, "scope": TEXT, "source": TEXT})
BASIS = record(
    {
        "series": nullable(TEXT), "reference": nullable(REFERENCE),
        "categories": nullable(record({"order": TEXTS, "source": TEXT})),
    }
)  # fmt: skip
INDICATOR = record(
    {
        "id": TEXT, "name": ref("Bilingual"), "short": ref("Bilingual"), "definition": ref("Bilingual"),
        "dimension": nullable(TEXT), "subdimension": nullable(TEXT), "unit": TEXT, "decimals": WHOLE,
        "direction": words(Direction), "additive": FLAG, "cumulative": FLAG, "frequency": words(Frequency),
        "month": nullable(WHOLE), "release_months_after": nullable(WHOLE), "producer": TEXT,
        "urusan": nullable(TEXT), "series": listed(record({"id": TEXT, "name": ref("Bilingual"), "breaks": TEXTS})),
        "default_series": TEXT, "role": {"type": "string", "enum": ["core", "supporting"]}, "weight": NUMBER,
        "score": nullable(BASIS), "scheme": nullable(TEXT), "max_age": WHOLE, "tolerance": nullable(NUMBER),
        "kode_referensi": nullable(TEXT), "misi": TEXTS, "provenance": TEXT, "targets": listed(ref("Target")),
    }
)  # fmt: skip
REGION_RECORD = record(
    {
        "code": TEXT, "parent": nullable(TEXT), "level": words(Level), "name": TEXT, "short": TEXT,
        "bps_code": nullable(TEXT), "lat": nullable(NUMBER), "lng": nullable(NUMBER), "area_km2": nullable(NUMBER),
        "population": nullable(WHOLE), "capital": nullable(TEXT), "source": TEXT,
    }
)  # fmt: skip
OFFICE = record(
    {
        "region": TEXT, "id": TEXT, "name": TEXT, "short": TEXT, "aliases": TEXTS, "urusan": TEXTS,
        "provenance": TEXT,
    }
)  # fmt: skip
WEIGHTED: dict[str, Schema] = {"no": WHOLE, "name": TEXT, "weight": NUMBER}
INSTRUMENT = record(
    {
        "id": TEXT, "indicator": TEXT, "name": ref("Bilingual"), "basis": TEXT, "first_year": WHOLE,
        "last_year": nullable(WHOLE), "domains": listed(record(WEIGHTED)),
        "aspects": listed(record(WEIGHTED | {"domain": nullable(WHOLE)})),
        "indicators": listed(record({**WEIGHTED, "aspect": WHOLE, "gated": FLAG})),
        "predicates": listed(
            record({"label": ref("Bilingual"), "low": nullable(NUMBER), "high": nullable(NUMBER)})
        ),
    }
)  # fmt: skip
ATTEMPT = record(
    {
        "id": WHOLE, "started_at": MOMENT, "heartbeat_at": MOMENT, "finished_at": nullable(MOMENT),
        "outcome": nullable(words(AttemptOutcome)),
        "message": nullable(TEXT), "run": nullable(WHOLE), "rows_read": WHOLE, "refused": WHOLE,
    }
)  # fmt: skip
FEED = record(
    {
        "id": TEXT, "name": ref("Bilingual"), "connector": TEXT, "schedule": nullable(TEXT),
        "frequency": nullable(words(Frequency)), "owner": nullable(TEXT), "last_attempt": nullable(ref("Attempt")),
        "last_success": nullable(MOMENT), "rows": WHOLE, "refused": WHOLE,
    }
)  # fmt: skip
RUN = record(
    {
        "id": WHOLE, "feed": TEXT, "vintage": WHOLE, "started_at": MOMENT, "recorded_at": MOMENT,
        "rows_read": WHOLE, "accepted": WHOLE, "unchanged": WHOLE, "refused": WHOLE, "content": TEXT, "files": TEXTS,
    }
)  # fmt: skip
VINTAGE = record(
    {
        "number": WHOLE, "kind": {"type": "string", "enum": ["data", "catalogue", "review"]}, "recorded_at": MOMENT,
        "seal": TEXT, "content": TEXT, "catalogue": TEXT, "feed": nullable(TEXT), "run": nullable(WHOLE),
    }
)  # fmt: skip
FINDING = record(
    {
        "id": WHOLE, "attempt": WHOLE, "run": nullable(WHOLE), "feed": TEXT, "rule": TEXT,
        "severity": {"type": "string", "enum": ["refused", "warning"]}, "file": TEXT, "sheet": nullable(TEXT),
        "row": nullable(WHOLE), "column": nullable(TEXT), "raw": TEXT, "sentence": TEXT,
    }
)  # fmt: skip
PUSHED = record({"feed": TEXT, "key": TEXT, "size": WHOLE, "sha256": TEXT, "next": TEXT})
PROBLEM = record({"error": TEXT, "found": nullable(TEXT), "allowed": TEXTS, "next": TEXT})

SCHEMAS: dict[str, Schema] = {
    "Bilingual": BILINGUAL, "Place": PLACE, "Source": SOURCE, "Observation": record(OBSERVATION),
    "OtherObservation": record(OBSERVATION | {"difference": nullable(NUMBER)}), "Conflict": CONFLICT,
    "ReasonCount": REASON_COUNT, "Leaf": LEAF, "Branch": BRANCH, "Score": SCORE, "Target": TARGET,
    "Indicator": INDICATOR, "Region": REGION_RECORD, "Office": OFFICE, "Instrument": INSTRUMENT, "Attempt": ATTEMPT,
    "Feed": FEED, "Run": RUN, "Vintage": VINTAGE, "Finding": FINDING, "Pushed": PUSHED,
    "Problem": PROBLEM,
}  # fmt: skip
