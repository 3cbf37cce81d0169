"""What can be read of a faulty file: sound values as they are, faulty ones as holes that no check may look into."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Annotated, Any, NoReturn, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

T = TypeVar("T")


class UndeterminedError(Exception):
    """A check looked at a value that is faulty and reported elsewhere; the check is left for the next run."""


class Hole:
    """Stands for a faulty value; whoever looks into it learns nothing."""

    def _refuse(self, *_: object) -> NoReturn:
        raise UndeterminedError

    def __getattr__(self, name: str) -> NoReturn:
        raise UndeterminedError

    __bool__ = __iter__ = __len__ = __contains__ = __getitem__ = __call__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = __add__ = __radd__ = __str__ = _refuse

    def __eq__(self, other: object) -> bool:
        raise UndeterminedError

    def __hash__(self) -> int:
        raise UndeterminedError


HOLE: Any = Hole()


def guarded(steps: Iterable[T]) -> Iterator[T]:
    """Yield what can be determined: stop where a hole is met."""
    try:
        yield from steps
    except UndeterminedError:
        return


def build(annotation: Any, raw: Any) -> Any:
    """Turn plain values into what `annotation` says, member by member, with holes where they do not fit."""
    try:
        return adapter(annotation).validate_python(raw)
    except ValidationError:
        return _build_parts(bare(annotation), raw)


def _build_parts(annotation: Any, raw: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and isinstance(raw, dict):
        return _build_model(annotation, raw)
    members = get_args(annotation)
    if get_origin(annotation) is tuple and isinstance(raw, list):
        return tuple(build(members[0], each) for each in raw)
    if get_origin(annotation) is dict and isinstance(raw, dict):
        return {key: build(members[1], each) for key, each in raw.items()}
    return HOLE


def _build_model(model: type[BaseModel], raw: dict[str, Any]) -> BaseModel:
    values: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        if name in raw:
            annotation = field.annotation
            values[name] = build(Annotated[annotation, *field.metadata] if field.metadata else annotation, raw[name])
        else:
            values[name] = HOLE if field.is_required() else field.get_default(call_default_factory=True)
    return model.model_construct(**values)


@cache
def adapter(annotation: Any) -> TypeAdapter[Any]:
    """Return what validates an annotation."""
    return TypeAdapter(annotation)


def bare(annotation: Any) -> Any:
    """Strip Annotated and an optional None from an annotation."""
    if get_origin(annotation) is Annotated:
        return bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return bare(next(each for each in get_args(annotation) if each is not types.NoneType))
    return annotation


def member(annotation: Any, step: str | int) -> Any:
    """Return the annotation of a member of a model, tuple or dict, None where there is none."""
    annotation = bare(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        found = annotation.model_fields.get(str(step))
        return found.annotation if found else None
    members = get_args(annotation)
    return members[-1] if get_origin(annotation) is dict else members[0] if members else None
