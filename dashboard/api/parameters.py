"""Query parameters as pydantic models: they check what comes in and describe themselves in the OpenAPI document."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError, WithJsonSchema
from werkzeug.datastructures import MultiDict

from dashboard.api.problems import ProblemError, nearest
from etl.catalogue.period import from_code
from etl.catalogue.reference import Channel, Kind
from etl.measures.observation import Reason

MAX_LIMIT = 5000
SEAL = re.compile(r"[0-9a-f]{8,64}")


def read_as_of(text: str) -> dt.date | str:
    """Read a date (its end in WITA) or at least eight hex characters of a seal."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            raise ValueError("tanggal yang ada di kalender, bentuk TTTT-BB-HH") from None
    if SEAL.fullmatch(text.lower()):
        return text.lower()
    raise ValueError("tanggal TTTT-BB-HH, atau 8 sampai 64 huruf pertama versi data")


def whole(low: int, high: int) -> Callable[[str], int]:
    """Return a reader of whole numbers from `low` to `high`, both allowed."""

    def read(text: str) -> int:
        if not re.fullmatch(r"\d{1,12}", text) or not low <= int(text) <= high:
            raise ValueError(f"bilangan bulat {low} sampai {high}")
        return int(text)

    return read


AsOf = Annotated[
    dt.date | str | None,
    PlainValidator(read_as_of),
    WithJsonSchema({"type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2}|[0-9a-fA-F]{8,64})$"}),
    Field(
        description="Keadaan yang dikenal pada akhir tanggal ini (WITA), atau versi data ini (sedikitnya 8 huruf).",
        examples=["2026-11-22"],
    ),
]
Limit = Annotated[
    int,
    PlainValidator(whole(1, MAX_LIMIT)),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}),
    Field(description="Banyaknya baris paling banyak."),
]
Offset = Annotated[
    int,
    PlainValidator(whole(0, 999_999_999)),
    WithJsonSchema({"type": "integer", "minimum": 0}),
    Field(description="Baris yang dilewati sebelum baris pertama."),
]
PeriodCode = Annotated[
    str | None,
    PlainValidator(lambda text: from_code(text).code),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}(-(S[12]|Q[1-4]|\d{2}(-\d{2})?))?$"}),
]
# An id; whether it exists is asked of the catalogue later.
Word = Annotated[str | None, WithJsonSchema({"type": "string", "minLength": 1})]
IndicatorId = Annotated[Word, Field(description="Id indikator, seperti di /api/v1/indicators.", examples=["ipm"])]
RegionCode = Annotated[
    Word, Field(description="Kode Kemendagri dengan titik, `ID`, `64` atau `pemprov`.", examples=["64.01"])
]


class Query(BaseModel):
    """What an address may be asked. Without fields: nothing."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class StateQuery(Query):
    """The state of knowledge alone."""

    as_of: AsOf = None


class PageQuery(Query):
    """A page of a list."""

    limit: Limit = 500
    offset: Offset = 0


class ObservationsQuery(Query):
    """Figures by what they are about, one page of them."""

    indicator: IndicatorId = None
    region: RegionCode = None
    series: Word = Field(None, examples=["utama"])
    """Id seri; seri yang berbeda tidak pernah dicampur."""
    kind: Kind | None = None
    """Realisasi, target, atau rencana."""
    since: PeriodCode = Field(None, examples=["2020"])
    """Hanya periode yang berakhir pada atau sesudah hari pertama periode ini."""
    until: PeriodCode = Field(None, examples=["2024"])
    """Hanya periode yang berakhir pada atau sebelum hari terakhir periode ini."""
    source: Word = Field(None, examples=["bps"])
    """Id terbitan (source.publication) atau produsen (source.producer)."""
    source_kind: Channel | None = None
    """Hanya dari terbitan resmi (official), salinan (copy), atau berita (press)."""
    as_of: AsOf = None
    limit: Limit = 500
    offset: Offset = 0
    format: Literal["json", "csv"] = "json"
    """Bentuk jawaban; csv berupa UTF-8 tanpa BOM dengan titik desimal."""


class ScoresQuery(Query):
    """Scores of regions, years and dimensions."""

    region: RegionCode = None
    period: PeriodCode = Field(None, examples=["2024"])
    """Tahun skor."""
    dimension: Word = Field(None, examples=["smart-economy"])
    """Id dimensi."""
    as_of: AsOf = None
    limit: Limit = 500
    offset: Offset = 0


class CountsQuery(Query):
    """Contested keys of an indicator or region."""

    indicator: IndicatorId = None
    region: RegionCode = None
    as_of: AsOf = None


class ConflictsQuery(Query):
    """Contested keys of one reason, or of all."""

    indicator: IndicatorId = None
    region: RegionCode = None
    reason: Literal["all", Reason] = "conflict"
    """Alasan; tanpa ini hanya beda data, `all` untuk semuanya."""
    as_of: AsOf = None
    limit: Limit = 500
    offset: Offset = 0


class OfficesQuery(Query):
    """Offices of a region."""

    region: RegionCode = None
    as_of: AsOf = None


class FindingsQuery(Query):
    """What was returned, by feed or rule."""

    feed: Word = Field(None, examples=["targets"])
    """Id kiriman data."""
    rule: Word = Field(None, examples=["undated"])
    """Id aturan."""
    limit: Limit = 500
    offset: Offset = 0


def read_query(given: MultiDict[str, str], declared: type[Query]) -> dict[str, object]:
    """Return a value for every declared parameter.

    Raises ProblemError 400 for an unknown or repeated parameter and for an unreadable value.
    """
    known = tuple(declared.model_fields)
    for name in given:
        if name not in known:
            raise ProblemError(400, "parameter tidak dikenal", name, known, _advice(name, known))
        if len(given.getlist(name)) > 1:
            raise ProblemError(400, f"parameter {name} diberikan lebih dari sekali", name, ("satu kali",),
                          f"Kirim {name} satu kali saja.")  # fmt: skip
    try:
        return dict(declared.model_validate({name: text.strip() for name, text in given.items() if text.strip()}))
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        raise ProblemError(400, f"nilai parameter {name} tidak dapat dibaca", given[name], (_allowed(first, declared),),
                      f"Perbaiki nilai {name} atau hapus parameternya.") from None  # fmt: skip


def _advice(name: str, known: Iterable[str]) -> str:
    if not known:
        return "Alamat ini tidak menerima parameter; hapus parameternya."
    return f"Barangkali maksudnya {nearest(name, known)[0]}; daftar lengkap ada di /api/v1/openapi.json."


def _allowed(error: Any, declared: type[Query]) -> str:
    """Return what a refused value may be: as its reader said, or the words of a Literal."""
    reason = error.get("ctx", {}).get("error")
    return str(reason) if reason else ", ".join(parameter_schemas(declared)[error["loc"][0]]["enum"])


def parameter_schemas(declared: type[Query]) -> dict[str, dict[str, Any]]:
    """Return the JSON schema of each parameter, its description among it; leaving it out is no value of its own."""
    found = {}
    for name, schema in declared.model_json_schema().get("properties", {}).items():
        single, *_ = schema.pop("anyOf", [{}])
        found[name] = {key: part for key, part in (single | schema).items() if key != "title" and part is not None}
    return found
