"""The connectors that are there: each module of etl/connectors is one, found by walking the package."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import cast

from etl import connectors
from etl.connectors.base import Connector

NO_TRANSPORT = {"base"}  # what connectors are made of; other such parts lie in packages


class Connectors(Mapping[str, Connector]):
    """The connectors of a package by name. A module is imported when its connector is first asked for."""

    def __init__(self, package: ModuleType) -> None:
        modules = [each.name for each in pkgutil.iter_modules(package.__path__) if not each.ispkg]
        self._package, self._names = package.__name__, tuple(name for name in modules if name not in NO_TRANSPORT)

    def __getitem__(self, name: str) -> Connector:
        if name not in self._names:
            raise KeyError(name)
        return cast(Connector, import_module(f"{self._package}.{name}").CONNECTOR)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


CONNECTORS = Connectors(connectors)
