"""YAML with line marks: core-schema scalars only, numbers kept as written, duplicate keys refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from etl.catalogue.reading.problem import CatalogueError
from etl.catalogue.reading.source import Path, Source, decode, show_path

NULLS = {"", "~", "null", "Null", "NULL"}
BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
STANDARD_TAG = "tag:yaml.org,2002:"
INDENTED_BY_TAB = re.compile(r"^ *\t", re.MULTILINE)
QUOTE = "Tulis teks yang memuat tanda baca di antara tanda kutip."
LEVEL = "Sejajarkan inden dengan baris di atasnya; periksa juga tanda kutip sebelum baris ini."
SYNTAX = {
    "found character that cannot start any token": ("tanda yang tidak boleh mengawali nilai", QUOTE),
    "mapping values are not allowed": ("titik dua di tempat yang salah", f"Periksa inden baris ini. {QUOTE}"),
    "did not find expected key": ("baris yang tidak sejajar", LEVEL),
    "did not find expected '-'": ("baris tanpa tanda - di dalam daftar", LEVEL),
    "could not find expected ':'": ("kunci tanpa titik dua", 'Tulis "kunci: nilai".'),
    "did not find expected ','": ("daftar yang tidak ditutup", "Periksa koma dan kurung [ ] atau { }."),
    "did not find expected node content": ("daftar yang tidak ditutup", "Periksa koma dan kurung [ ] atau { }."),
    "found unexpected end of stream": ("tanda kutip yang tidak ditutup", "Tutup tanda kutipnya."),
    "found unknown escape": ("garis miring terbalik di dalam kutip ganda", "Pakai tanda kutip tunggal."),
    "found undefined alias": ("tanda * di awal nilai", QUOTE),
    "but found another document": ("pemisah dokumen ---", "Satu berkas memuat satu dokumen; hapus pemisahnya."),
    "control characters": ("tanda kendali yang tidak terlihat", "Hapus tanda itu."),
}


def read_yaml(file: str, content: bytes) -> tuple[Source | None, list[CatalogueError]]:
    """Read one YAML file. Errors of its syntax leave no source; duplicate keys and the like leave one."""
    text = decode(file, content)
    if isinstance(text, CatalogueError):
        return None, [text]
    tabs, spaced = _tab_errors(file, text)
    try:
        root = yaml.compose(spaced, Loader=yaml.CBaseLoader)
    except yaml.YAMLError as error:
        return None, tabs or [_syntax_error(file, text, error)]
    if root is None:
        return None, [CatalogueError(file, None, "", "berkas kosong", ("isi YAML",))]
    reading = _NodeWalk(file)
    tree = reading.value(root, ())
    return Source(file, tree, lambda path: _line(root, path)), tabs + reading.errors(tree)


def _tab_errors(file: str, text: str) -> tuple[list[CatalogueError], str]:
    """Report tabs in indents, and replace them by the width that was probably meant, so that the rest can be read."""
    found = [text.count("\n", 0, each.start()) + 1 for each in INDENTED_BY_TAB.finditer(text)]
    if not found:
        return [], text
    more = f" (juga di {len(found) - 1} baris lain)" if len(found) > 1 else ""
    remedy = f"Ganti tab dengan spasi untuk inden{more}."
    errors = [CatalogueError(file, found[0], "", "tab", ("spasi",), None, remedy)]
    return errors, next(filter(_is_readable, (_expand(text, width) for width in (2, 4, 8))), text)


def _expand(text: str, width: int) -> str:
    return re.sub(r"^[ \t]+", lambda indent: indent[0].expandtabs(width), text, flags=re.MULTILINE)


def _is_readable(text: str) -> bool:
    try:
        yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        return False
    return True


def _syntax_error(file: str, text: str, error: yaml.YAMLError) -> CatalogueError:
    """Say in plain words what the parser stumbled over, on the line where the fault begins."""
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or error)
    found, remedy = next((words for key, words in SYNTAX.items() if key in problem), ("susunan yang tidak terbaca", ""))
    if found.startswith("tanda kutip"):
        mark = getattr(error, "context_mark", None) or mark
    if mark is not None:
        line = mark.line + 1
    else:  # the reader counts characters, not lines
        position = re.search(r"position ([0-9]+)", str(error))
        line = text.count("\n", 0, int(position[1]) if position else 0) + 1
    return CatalogueError(file, line, "", found, ("YAML",), None, remedy or "Periksa inden dan tanda baca baris ini.")


@dataclass
class _NodeWalk:
    """The walk over the nodes of one file. `flaws` are (line, path, found, allowed, remedy)."""

    file: str
    flaws: list[tuple[int, Path, str, str, str]] = field(default_factory=list)
    built: dict[int, Any] = field(default_factory=dict)
    line: int = 1  # of the last key: the node of an alias stands where its anchor does

    def value(self, node: yaml.Node, path: Path) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, path)
        if id(node) in self.built:
            remedy = "Salin isinya ke tempat ini."
            self.flaws.append((self.line, path, "alias YAML (*)", "isi yang ditulis lengkap", remedy))
            return self.built[id(node)]
        self.built[id(node)] = None  # what an alias inside its own anchor finds
        if isinstance(node, yaml.SequenceNode):
            tree: Any = [self.value(each, (*path, place)) for place, each in enumerate(node.value)]
        else:
            tree = self.mapping(node, path)
        self.built[id(node)] = tree
        return tree

    def mapping(self, node: yaml.Node, path: Path) -> dict[str, Any]:
        tree: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.flaw(key, path, "kunci yang berupa daftar", "kunci berupa teks", "Tulis kunci sebagai satu kata.")
            elif key.value in tree:
                first = f"Kunci ini sudah ada di baris {lines[key.value]}; hapus atau gabungkan salah satunya."
                self.flaw(key, (*path, key.value), f"kunci {key.value} dua kali", "satu kali", first)
            else:
                lines[key.value] = self.line = key.start_mark.line + 1
                tree[key.value] = self.value(value, (*path, key.value))
        return tree

    def scalar(self, node: yaml.ScalarNode, path: Path) -> str | bool | None:
        text: str = node.value
        if node.tag != f"{STANDARD_TAG}str":
            tag = node.tag.replace(STANDARD_TAG, "!!")
            self.flaw(node, path, f"tanda tipe {tag}", "nilai biasa", "Hapus tandanya.")
        if node.style:  # quoted, or a block of text
            return text
        return None if text in NULLS else BOOLEANS.get(text, text)

    def flaw(self, node: yaml.Node, path: Path, found: str, allowed: str, remedy: str) -> None:
        self.flaws.append((node.start_mark.line + 1, path, found, allowed, remedy))

    def errors(self, tree: Any) -> list[CatalogueError]:
        return [
            CatalogueError(self.file, line, show_path(path, tree), found, (allowed,), None, remedy)
            for line, path, found, allowed, remedy in self.flaws
        ]


def _line(node: yaml.Node, path: Path) -> int:
    """Return the line of the deepest part of the path that exists; a key's own line, not its block's."""
    line: int = node.start_mark.line
    for step in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
        elif isinstance(node, yaml.MappingNode) and (pair := _pair(node, step)):
            line, node = pair[0].start_mark.line, pair[1]
        else:
            break
    return line + 1


def _pair(node: yaml.MappingNode, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    return next((pair for pair in node.value if pair[0].value == step), None)
