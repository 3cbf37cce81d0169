"""What a query of the catalogue may be: one SELECT."""

from __future__ import annotations

import re

from etl.connectors.base import FetchError

# Comments, texts and quoted names, within which no word and no semicolon counts.
QUOTED = re.compile(
    r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|\[[^\]]*\]|(\$\w*\$).*?\1", re.DOTALL
)
CHANGES = re.compile(
    r"\b(insert|update|delete|merge|into|create|alter|drop|truncate|grant|revoke|call|copy|attach|pragma)\b",
    re.IGNORECASE,
)


def single_select(query: str) -> str:
    """Return the query where it is one SELECT that changes nothing, as far as its words tell; raises FetchError.

    The database's own read-only transaction has the last word.
    """
    if re.search(r"/\*M?!", query):
        raise FetchError("`query` memuat komentar /*! … */, yang dijalankan MySQL. Tulis satu SELECT tanpa itu.")
    bare = QUOTED.sub(" ", query).strip()
    words = bare.removesuffix(";").strip()
    if ";" in words:
        raise FetchError("`query` memuat lebih dari satu perintah. Tulis satu SELECT saja, tanpa titik koma di tengah.")
    if not re.match(r"(select|with)\b", words, re.IGNORECASE):
        raise FetchError("`query` bukan SELECT. Kiriman sql hanya membaca; tulis satu SELECT (boleh diawali WITH).")
    if found := CHANGES.search(words):
        raise FetchError(
            f"`query` memuat {found[1].upper()}, yang mengubah data. Tulis satu SELECT yang hanya membaca."
        )
    return query.strip().removesuffix(";")
