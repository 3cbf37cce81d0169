"""Read the catalogue from its files: all errors of all files at once, each with line, path and remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from etl.catalogue.checks.all_checks import find_faults
from etl.catalogue.checks.parts import Fault, Parts, Transport
from etl.catalogue.declaration import as_stored, declare_read
from etl.catalogue.layout_fixes import with_fixes
from etl.catalogue.models import Catalogue, Document, Office
from etl.catalogue.names import fold_name, normalise_name
from etl.catalogue.outside_regions import OutsideRegion
from etl.catalogue.reading.csv_text import read_csv
from etl.catalogue.reading.diagnosis import diagnose
from etl.catalogue.reading.partial import UndeterminedError, adapter, build
from etl.catalogue.reading.problem import CatalogueError, CatalogueErrors
from etl.catalogue.reading.source import Path, Source
from etl.catalogue.reading.yaml_text import read_yaml
from etl.catalogue.reference import (
    Alias,
    Facility,
    Instrument,
    LayoutFix,
    NamesFile,
    OfficeAlias,
    Publication,
    PublishedRules,
    Region,
    RulesFile,
    Scheme,
    Service,
)
from etl.catalogue.reference_series import fill_series

REFERENCE, PUBLISHED = "data/reference", "data/published"


def load_catalogue(root: FilePath, connectors: Mapping[str, Transport]) -> Catalogue:
    """Load indicators.yaml, data/reference and data/published below `root`; feeds are judged by `connectors`.

    Raises CatalogueErrors with every error found in any of them.
    """
    reading = _Loading(root, connectors)
    parts = reading.parts()
    errors = reading.errors + [reading.locate(fault) for fault in find_faults(parts)]
    if errors:
        raise CatalogueErrors(errors)
    return Catalogue(
        **{name: getattr(parts.document, name) for name in Document.model_fields if name not in ("offices", "feeds")},
        feeds=tuple(map(as_stored, with_fixes(parts.document.feeds, parts.layout_fixes))),
        offices=_named_offices(parts),
        regions=parts.regions,
        outside_regions=parts.outside_regions,
        aliases={normalise_name(each.alias): each.code for each in parts.aliases} | _sole_facilities(parts),
        schemes=parts.schemes,
        instruments=parts.instruments,
        services=parts.services,
        publications=parts.publications,
        published=PublishedRules(names=dict(parts.names), rules=parts.rules),
    )


def _sole_facilities(parts: Parts) -> dict[str, str]:
    """Let a facility's name stand for its kecamatan where it is the only one of its kind there.

    The figure of one of two puskesmas is not the kecamatan's.
    """
    there = Counter((fold_name(each.kind), each.code) for each in parts.facilities)
    sole = [each for each in parts.facilities if there[fold_name(each.kind), each.code] == 1]
    return {normalise_name(each.facility): each.code for each in sole}


def _named_offices(parts: Parts) -> tuple[Office, ...]:
    """Give the offices the other names that the steward has noted."""
    noted: dict[tuple[str, str], tuple[str, ...]] = {}
    for each in parts.office_aliases:
        noted[each.region, each.office] = (*noted.get((each.region, each.office), ()), each.alias)
    offices = parts.document.offices
    return tuple(
        each.model_copy(update={"aliases": tuple(dict.fromkeys((*each.aliases, *noted[each.region, each.id])))})
        if (each.region, each.id) in noted
        else each
        for each in offices
    )


class _Loading:
    """One walk through the files. `origins` leads from a part of the catalogue to where it stands."""

    def __init__(self, root: FilePath, connectors: Mapping[str, Transport]) -> None:
        self.root, self.connectors = root, connectors
        self.errors: list[CatalogueError] = []
        self.origins: dict[Path, tuple[Source, Path]] = {}

    def parts(self) -> Parts:
        document = self.document()
        names = self.yaml(f"{PUBLISHED}/names.yaml", NamesFile, {("names",): ("names",)})
        rules = self.yaml(f"{PUBLISHED}/rules.yaml", RulesFile, {("rules",): ("rules",)})
        instruments, services = tuple(self.instruments()), self.csv("services", Service)
        with suppress(UndeterminedError):
            indicators = fill_series(document.indicators, instruments, services)
            document = document.model_copy(update={"indicators": indicators})
        return Parts(
            document=document,
            regions=self.csv("regions", Region),
            aliases=self.csv("aliases", Alias),
            schemes=self.yaml(f"{REFERENCE}/schemes.yaml", tuple[Scheme, ...], {("schemes",): ()}),
            instruments=instruments,
            services=services,
            publications=self.yaml(f"{PUBLISHED}/publications.yaml", tuple[Publication, ...], {("publications",): ()}),
            names=names.names,
            rules=rules.rules,
            facilities=self.optional("facilities", Facility),
            office_aliases=self.optional("office_aliases", OfficeAlias),
            layout_fixes=self.csv("layout_fixes", LayoutFix),
            outside_regions=self.optional("outside_regions", OutsideRegion),
            connectors=self.connectors,
        )

    def document(self) -> Any:
        """Read indicators.yaml, whose shape depends on the connectors that it names."""
        source = self.source("indicators.yaml")
        shape = declare_read(self.connectors, source.tree if source else None)
        return self.shaped(source, shape, {(name,): (name,) for name in Document.model_fields})

    def yaml(self, file: str, shape: Any, stands: dict[Path, Path]) -> Any:
        return self.shaped(self.source(file), shape, stands)

    def source(self, file: str) -> Source | None:
        content = self.content(file)
        source, errors = (None, []) if content is None else read_yaml(file, content)
        self.errors += errors
        return source

    def optional(self, name: str, model: type[Facility | OfficeAlias | OutsideRegion]) -> Any:
        """Read a file that need not be there, such as one that the steward's alias workbook makes."""
        return self.csv(name, model) if (self.root / REFERENCE / f"{name}.csv").exists() else ()

    def csv(
        self, name: str, model: type[Region | OutsideRegion | Alias | Service | Facility | OfficeAlias | LayoutFix]
    ) -> Any:
        content = self.content(f"{REFERENCE}/{name}.csv")
        source, errors = (
            (None, []) if content is None else read_csv(f"{REFERENCE}/{name}.csv", content, list(model.model_fields))
        )
        self.errors += errors
        return self.shaped(source, tuple[model, ...], {(name,): ()})  # type: ignore[valid-type]

    def instruments(self) -> Iterator[Instrument]:
        for place, path in enumerate(sorted(self.root.glob(f"{REFERENCE}/instruments/*.yaml"))):
            file = path.relative_to(self.root).as_posix()
            yield self.yaml(file, Instrument, {("instruments", place): ()})

    def content(self, file: str) -> bytes | None:
        try:
            return (self.root / file).read_bytes()
        except FileNotFoundError:
            remedy = "Pulihkan berkas ini, misalnya dengan: git checkout -- " + file
            self.errors.append(CatalogueError(file, None, "", None, (), None, remedy))
        except OSError as error:
            found, allowed = error.strerror or "", ("berkas yang dapat dibaca",)
            self.errors.append(
                CatalogueError(file, None, "", found, allowed, None, "Periksa jenis dan izin berkasnya.")
            )
        return None

    def shaped(self, source: Source | None, shape: Any, stands: dict[Path, Path]) -> Any:
        """Validate a file's tree; what is faulty is reported, and left as holes in what is returned."""
        if source is None:
            return build(shape, {})
        self.origins.update({section: (source, inside) for section, inside in stands.items()})
        try:
            return adapter(shape).validate_python(source.tree)
        except ValidationError as error:
            self.errors += diagnose(error, source, shape)
            return build(shape, source.tree)

    def locate(self, fault: Fault) -> CatalogueError:
        """Turn a fault into an error with file and line."""
        source, path = self.place(fault.path)
        remedy = fault.remedy
        if fault.first is not None:
            other, there = self.place(fault.first)
            remedy = f"Bertabrakan dengan {other.file} baris {other.line_of(there)}. {remedy or 'Ubah salah satunya.'}"
        return source.error(path, fault.found, fault.allowed, remedy)

    def place(self, path: Path) -> tuple[Source, Path]:
        section = path[:2] if path[:2] in self.origins else path[:1]
        source, inside = self.origins[section]
        return source, (*inside, *path[len(section) :])
