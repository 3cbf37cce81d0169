"""The OpenAPI 3.1 document, made from the table of routes."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from typing import cast

from dashboard.api.load_rows import ProblemRow, PushedRow
from dashboard.api.parameters import Query, parameter_schemas
from dashboard.api.routes import PREFIX, ROUTES, Route
from dashboard.api.row_models import RowModel, row_schemas, schema_name
from etl.stewardship.pushes import KEY, KEY_FORM, KINDS, MOST_BYTES

DESCRIPTION = (
    "Angka desimal ditulis sebagai bilangan JSON persis seperti disimpan, tanpa pembulatan biner; pembaca yang ingin "
    "ketepatan penuh membacanya sebagai desimal (Python: `json.loads(text, parse_float=Decimal)`). Skor juga diberikan "
    "sebagai pecahan `n/d`. Kategori (misalnya WTP) ada di `category` dan `value`-nya null. Nilai yang tidak ada "
    "tetap kosong, tidak pernah 0. Jawaban membawa versi datanya di X-Pantau-Seal dan ETag."
)

BEARER = "Token satu kiriman, dibuat walidata: python -m etl token KIRIMAN."
PUSH = (
    f"Berkas CSV atau JSON (daftar objek, atau objek dengan rows), paling banyak {MOST_BYTES} bita. Jawaban 202 "
    "berarti berkas sudah disimpan; isinya diperiksa waktu pemuatan data, hasilnya ada di Location. Kunci yang sama "
    "dengan isi yang sama aman dikirim ulang."
)
PUSH_REFUSALS = {
    "400": "Idempotency-Key keliru, atau isi kosong atau terputus.",
    "401": "Kiriman tidak dikenal atau token keliru.",
    "409": "Kunci sudah dipakai untuk isi yang lain.",
    "413": "Isi terlalu besar.",
    "415": "Jenis isi tidak diterima kiriman ini.",
    "429": "Terlalu banyak berkas yang belum diterima.",
}


Schema = dict[str, object]


def ref(model: type[RowModel]) -> Schema:
    """Point at the schema of a model."""
    return {"$ref": f"#/components/schemas/{schema_name(model.__name__)}"}


@cache
def document() -> dict[str, object]:
    """Return the whole document."""
    paths: dict[str, object] = {each.path.replace("<", "{").replace(">", "}"): _path(each) for each in ROUTES}
    paths["/feeds/{name}"] = {**cast("dict[str, object]", paths["/feeds/{name}"]), "post": _push_operation()}
    paths["/openapi.json"] = {"get": _openapi_operation()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Pantau API", "version": "1", "description": DESCRIPTION},
        "servers": [{"url": PREFIX}],
        "paths": paths,
        "components": {
            "schemas": row_schemas([*(each.row for each in ROUTES), PushedRow, ProblemRow]),
            "headers": HEADERS,
            "responses": RESPONSES,
            "securitySchemes": {"FeedToken": {"type": "http", "scheme": "bearer", "description": BEARER}},
        },
    }


@cache
def fingerprint() -> str:
    """Return eight characters that change with the document, so that ETags change with the form of the rows."""
    return hashlib.sha256(json.dumps(document(), sort_keys=True).encode()).hexdigest()[:8]


HEADERS: Schema = {
    "Seal": {"description": "Versi data yang dijawab.", "schema": {"type": "string"}},
    "Tag": {"description": "Tanda isi, untuk If-None-Match.", "schema": {"type": "string"}},
    "Total": {"description": "Banyaknya baris seluruhnya, bila murah dihitung.", "schema": {"type": "integer"}},
    "Link": {"description": "Halaman berikutnya (rel=next), bila ada.", "schema": {"type": "string"}},
}
RESPONSES: Schema = {
    "Unchanged": {"description": "Isinya masih sama dengan ETag yang dikirim."},
    **{
        name: {"description": description, "content": {"application/json": {"schema": ref(ProblemRow)}}}
        for name, description in (
            ("Refused", "Parameter tidak dikenal atau tidak dapat dibaca."),
            ("Missing", "Yang diminta tidak ada."),
            ("NotReady", "Gudang data belum siap."),
        )
    },
}


def _path(route: Route) -> dict[str, object]:
    names = re.findall(r"<(\w+)>", route.path)
    given = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]
    operation = {
        "operationId": route.name,
        "summary": route.summary,
        "parameters": given + _parameters(route.query),
        "responses": {"200": _answer(route)} | _failures(),
    }
    return {"get": operation}


def _parameters(query: type[Query]) -> list[dict[str, object]]:
    found = []
    for name, schema in parameter_schemas(query).items():
        examples = {"example": schema.pop("examples")[0]} if "examples" in schema else {}
        described = {"name": name, "in": "query", "required": False, "description": schema.pop("description")}
        found.append(described | {"schema": schema} | examples)
    return found


def _failures() -> dict[str, object]:
    named = {"304": "Unchanged", "400": "Refused", "404": "Missing", "503": "NotReady"}
    return {status: {"$ref": f"#/components/responses/{name}"} for status, name in named.items()}


def _answer(route: Route) -> dict[str, object]:
    schema = ref(route.row) if route.single else {"type": "array", "items": ref(route.row)}
    content: dict[str, object] = {"application/json": {"schema": schema}}
    if route.csv:
        content["text/csv"] = {"schema": {"type": "string"}}
    names = {"X-Pantau-Seal": "Seal", "ETag": "Tag", "X-Total-Count": "Total", "Link": "Link"}
    headers = {name: {"$ref": f"#/components/headers/{target}"} for name, target in names.items()}
    return {"description": route.summary, "headers": headers, "content": content}


def _push_operation() -> Schema:
    problem = {"application/json": {"schema": ref(ProblemRow)}}
    refusals = {status: {"description": words, "content": problem} for status, words in PUSH_REFUSALS.items()}
    accepted = {
        "description": "Disimpan, menunggu pemuatan data.",
        "content": {"application/json": {"schema": ref(PushedRow)}},
        "headers": {"Location": {"description": "Keadaan kiriman.", "schema": {"type": "string"}}},
    }
    key = {"type": "string", "pattern": f"^{KEY.pattern}$"}
    return {
        "operationId": "push",
        "summary": "Kirim satu berkas untuk satu kiriman data",
        "description": PUSH,
        "security": [{"FeedToken": []}],
        "parameters": [
            {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}},
            {"name": "Idempotency-Key", "in": "header", "required": True, "description": KEY_FORM, "schema": key},
        ],
        "requestBody": {"required": True, "content": {kind: {"schema": {}} for kind in KINDS}},
        "responses": {"202": accepted} | refusals,
    }


def _openapi_operation() -> dict[str, object]:
    content = {"application/json": {"schema": {"type": "object"}}}
    return {
        "operationId": "openapi",
        "summary": "Dokumen ini",
        "responses": {"200": {"description": "OpenAPI 3.1", "content": content}},
    }
