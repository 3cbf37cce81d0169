"""Query parameters, declared once: they check what comes in and describe themselves in the OpenAPI document."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from dashboard.api.problems import ProblemError, nearest
from etl.catalogue.period import from_code

MAX_LIMIT = 5000
SEAL = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One query parameter. `read` takes the text given and raises ValueError with what is allowed."""

    name: str
    description: str
    schema: Mapping[str, object]
    read: Callable[[str], object]
    default: object = None
    example: str | None = None

    def document(self) -> dict[str, object]:
        """Return the OpenAPI parameter object."""
        entry: dict[str, object] = {
            "name": self.name, "in": "query", "required": False,
            "description": self.description, "schema": dict(self.schema),
        }  # fmt: skip
        return entry | ({"example": self.example} if self.example else {})


def read_as_of(text: str) -> dt.date | str:
    """Read a date (its end in WITA) or at least eight hex characters of a seal."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            raise ValueError("tanggal yang ada di kalender, bentuk TTTT-BB-HH") from None
    if SEAL.fullmatch(text.lower()):
        return text.lower()
    raise ValueError("tanggal TTTT-BB-HH, atau 8 sampai 64 huruf pertama segel")


def read_period(text: str) -> str:
    """Read a period code and return it unchanged."""
    try:
        return from_code(text).code
    except ValueError as error:
        raise ValueError(str(error)) from None


def whole(low: int, high: int) -> Callable[[str], int]:
    """Return a reader of whole numbers from `low` to `high`, both allowed."""

    def read(text: str) -> int:
        if not re.fullmatch(r"\d{1,12}", text) or not low <= int(text) <= high:
            raise ValueError(f"bilangan bulat {low} sampai {high}")
        return int(text)

    return read


def one_of(*words: str) -> Callable[[str], str]:
    """Return a reader that takes only the words given."""

    def read(text: str) -> str:
        if text not in words:
            raise ValueError(", ".join(words))
        return text

    return read


def choice(name: str, description: str, words: tuple[str, ...], default: str | None = None) -> Parameter:
    """Declare a parameter that takes one of a few words."""
    schema: dict[str, object] = {"type": "string", "enum": list(words)}
    if default:
        schema["default"] = default
    return Parameter(name, description, schema, one_of(*words), default)


def word(name: str, description: str, example: str) -> Parameter:
    """Declare a parameter that takes an id; whether the id exists is asked of the catalogue later."""
    return Parameter(name, description, {"type": "string", "minLength": 1}, str, None, example)


def read_query(given: MultiDict[str, str], declared: Iterable[Parameter]) -> dict[str, object]:
    """Return a value for every declared parameter.

    Raises ProblemError 400 for an unknown or repeated parameter and for an unreadable value.
    """
    known = {each.name: each for each in declared}
    for name in given:
        if name not in known:
            raise ProblemError(400, "parameter tidak dikenal", name, tuple(known), _advice(name, known))
        if len(given.getlist(name)) > 1:
            raise ProblemError(400, f"parameter {name} diberikan lebih dari sekali", name, ("satu kali",),
                          f"Kirim {name} satu kali saja.")  # fmt: skip
    return {name: _read(each, given.get(name)) for name, each in known.items()}


def _advice(name: str, known: Mapping[str, Parameter]) -> str:
    if not known:
        return "Alamat ini tidak menerima parameter; hapus parameternya."
    return f"Barangkali maksudnya {nearest(name, known)[0]}; daftar lengkap ada di /api/v1/openapi.json."


def _read(parameter: Parameter, text: str | None) -> object:
    if text is None or text.strip() == "":
        return parameter.default
    try:
        return parameter.read(text.strip())
    except ValueError as error:
        raise ProblemError(400, f"nilai parameter {parameter.name} tidak dapat dibaca", text, (str(error),),
                      f"Perbaiki nilai {parameter.name} atau hapus parameternya.") from None  # fmt: skip


AS_OF = Parameter(
    "as_of",
    "Keadaan yang dikenal pada akhir tanggal ini (WITA), atau pada segel ini (sedikitnya 8 huruf).",
    {"type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2}|[0-9a-fA-F]{8,64})$"}, read_as_of, None, "2026-11-22",
)  # fmt: skip
LIMIT = Parameter(
    "limit", "Banyaknya baris paling banyak.",
    {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 500}, whole(1, MAX_LIMIT), 500,
)  # fmt: skip
OFFSET = Parameter(
    "offset", "Baris yang dilewati sebelum baris pertama.",
    {"type": "integer", "minimum": 0, "default": 0}, whole(0, 999_999_999), 0,
)  # fmt: skip
INDICATOR = word("indicator", "Id indikator, seperti di /api/v1/indicators.", "ipm")
REGION = word("region", "Kode Kemendagri dengan titik, `ID`, `64` atau `pemprov`.", "64.01")
PERIOD_SCHEMA = {"type": "string", "pattern": r"^\d{4}(-(S[12]|Q[1-4]|\d{2}(-\d{2})?))?$"}


def period(name: str, description: str, example: str = "2024") -> Parameter:
    """Declare a parameter that takes a period code."""
    return Parameter(name, description, PERIOD_SCHEMA, read_period, None, example)
