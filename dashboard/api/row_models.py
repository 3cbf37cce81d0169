"""Rows of the API as pydantic models: one text for each field, JSON schemas from them, rows filled by their names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from types import GenericAlias
from typing import Annotated, Any, cast, get_args, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema

Row = dict[str, object]
Exact = Annotated[str, Field(pattern=r"^-?\d+/\d+$")]


class RowModel(BaseModel):
    """What a row holds. Every field is required and no other is sent, so that a change is noticed."""

    model_config = ConfigDict(extra="forbid")


class BilingualRow(RowModel):
    """Teks dalam dua bahasa."""

    id: str
    en: str


def row_model(name: str, record: type, meaning: str, /, **shown: Any) -> type[RowModel]:
    """Make the model of the rows that show a record: a field's text comes from there, and for `...` its type too.

    Any other type is that of a field which the record lacks or holds in another form.
    """
    hints, texts = get_type_hints(record), _texts(record)
    fields: dict[str, Any] = {
        field: (hints[field] if kind is ... else kind, Field(description=texts.get(field)))
        for field, kind in shown.items()
    }
    return create_model(name, __base__=RowModel, __doc__=meaning, **fields)


@cache
def _texts(record: type) -> dict[str, str | None]:
    """Return the text under each field of a record; a dataclass without a configuration for it has none."""
    if issubclass(record, BaseModel):
        return {name: each.description for name, each in record.model_fields.items()}
    if not hasattr(record, "__pydantic_config__"):
        return {}
    return {name: each.get("description") for name, each in TypeAdapter(record).json_schema()["properties"].items()}


def list_of(model: type[RowModel]) -> Any:
    """Return the type of a list of rows."""
    return GenericAlias(list, (model,))


class RowSchema(GenerateJsonSchema):
    """Schemas as the API writes values: decimals as numbers, moments in UTC, schemas named without their `Row`."""

    def decimal_schema(self, schema: Any) -> JsonSchemaValue:
        """Describe a number that is written digit for digit."""
        return {"type": "number"}

    def datetime_schema(self, schema: Any) -> JsonSchemaValue:
        """Describe a moment, which always ends in Z."""
        return {"type": "string", "format": "date-time", "pattern": "Z$"}

    def frozenset_schema(self, schema: Any) -> JsonSchemaValue:
        """Describe words that are written as a sorted list."""
        return self.list_schema(schema)

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Leave out titles that only repeat the field's name."""
        return False

    def normalize_name(self, name: str) -> str:
        """Name a schema after its model."""
        return schema_name(super().normalize_name(name))


def schema_name(name: str) -> str:
    """Return the name of a model's schema in the document."""
    return name.removesuffix("Row")


def row_schemas(models: Iterable[type[RowModel]]) -> dict[str, dict[str, object]]:
    """Return the schemas of models, and of those within them, by name."""
    wanted: Any = [(model, "serialization") for model in dict.fromkeys(models)]
    _, found = models_json_schema(wanted, ref_template="#/components/schemas/{model}", schema_generator=RowSchema)
    return {name: {key: part for key, part in each.items() if key != "title"} for name, each in found["$defs"].items()}


def row_of(model: type, source: object, /, **added: object) -> Row:
    """Return a record as a row of a model: its fields by name, those of records within it, and what is added.

    Nothing is checked here, for the tests hold every row against its schema.
    """
    return {
        name: _part(added[name] if name in added else getattr(source, name), inner) for name, inner in _fields(model)
    }


def nested_fields(model: type) -> dict[str, tuple[str, ...]]:
    """Return the fields of a model, each with those of the record in it; none where a plain value stands."""
    return {name: tuple(part for part, _ in _fields(inner)) if inner else () for name, inner in _fields(model)}


def _part(value: Any, inner: type | None) -> object:
    if inner is None or value is None or isinstance(value, dict):
        return value
    return [_part(each, inner) for each in value] if isinstance(value, tuple | list) else row_of(inner, value)


@cache
def _fields(model: type) -> tuple[tuple[str, type | None], ...]:
    """Return the names of a model's fields, each with the model of what stands in it."""
    if is_dataclass(model):
        return tuple((each.name, None) for each in fields(model))
    return tuple((name, _inner(each.annotation)) for name, each in cast("type[RowModel]", model).model_fields.items())


def _inner(annotation: Any) -> type | None:
    if isinstance(annotation, type) and (issubclass(annotation, RowModel) or is_dataclass(annotation)):
        return annotation
    return next((found for each in get_args(annotation) if (found := _inner(each))), None)
