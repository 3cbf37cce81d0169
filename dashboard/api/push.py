"""POST /api/v1/feeds/<id>: an office's system sends a file. Its token and size are checked; the ETL does the rest."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from pathlib import Path

from flask import Response, request
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import ClientDisconnected

from dashboard.api.drop import Drop, drop
from dashboard.api.encoding import to_json
from dashboard.api.problems import ProblemError
from dashboard.data import Reader
from etl.catalogue.feeds import Feed
from etl.catalogue.names import censored
from etl.stewardship.pushes import KEY, KEY_FORM, KINDS, MOST_BYTES, pushed_path, shows_persons

CHUNK = 65_536
MOST_WAITING = 500  # files of one feed that are not loaded yet
NO_DIGEST = "0" * 64


def push_view(reader: Reader, inbox: Path) -> Callable[..., Response]:
    """Return the view that takes pushes into an inbox."""

    def view(name: str) -> Response:
        feed = _permitted(reader, name)
        push = Drop(inbox, feed.id, _key(), _extension())
        if pushed_path(feed, push.key, push.extension) is None:
            raise ProblemError(415, "kiriman ini tidak menerima jenis berkas itu", push.extension, (str(feed.path),),
                               "Kirim jenis berkas yang cocok dengan path kiriman.")  # fmt: skip
        _refuse_a_flood(push)
        content = _content()
        if shows_persons(content):
            raise ProblemError(422, "isi memuat data pribadi (NIK atau nomor KK); tidak ada yang disimpan", None, (),
                               "Hapus kolom itu dan kirim angka gabungan saja, dengan kunci yang sama.")  # fmt: skip
        if drop(push, content) == "other":
            raise ProblemError(409, "Idempotency-Key ini sudah dipakai untuk isi yang lain", push.key, (),
                               "Pakai kunci baru untuk isi baru.")  # fmt: skip
        return _accepted(push, content)

    return view


def _permitted(reader: Reader, name: str) -> Feed:
    """Return the feed if the token is its own; an unknown feed and a wrong token look and last the same."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    given = hashlib.sha256(token.strip().encode()).hexdigest()
    right = hmac.compare_digest(given, reader.token_digest(name) or NO_DIGEST)
    vintage = reader.vintage()
    feed = reader.catalogue(vintage).feed.get(name) if vintage else None
    if kind.casefold() != "bearer" or not right or feed is None:
        raise ProblemError(401, "kiriman tidak dikenal atau token keliru", None, (),
                           "Minta token kepada walidata: python -m etl token KIRIMAN",
                           {"WWW-Authenticate": 'Bearer realm="pantau"'})  # fmt: skip
    return feed


def _key() -> str:
    key = request.headers.get("Idempotency-Key")
    if key is None or not KEY.fullmatch(key) or censored(key) != key:
        raise ProblemError(400, "Idempotency-Key belum ada atau bentuknya keliru", censored(key or "")[:100] or None,
                           (KEY_FORM,), "Pakai satu kunci untuk satu berkas, misalnya layanan-2026-10.")  # fmt: skip
    return key


def _extension() -> str:
    if request.mimetype not in KINDS:
        raise ProblemError(415, "jenis isi tidak dikenal", request.mimetype or None, tuple(KINDS),
                           "Tulis Content-Type isinya.")  # fmt: skip
    return KINDS[request.mimetype]


def _refuse_a_flood(push: Drop) -> None:
    if push.path.parent.is_dir() and sum(1 for _ in push.path.parent.iterdir()) >= MOST_WAITING:
        raise ProblemError(429, "terlalu banyak berkas yang belum diterima", str(MOST_WAITING), (),
                           "Coba lagi nanti; bila berulang, hubungi walidata.", {"Retry-After": "900"})  # fmt: skip


def _content() -> bytes:
    """Read the body up to the limit, and whole: fewer bytes than were announced are no delivery.

    gunicorn hands out what came of a body that was cut, and raises only within a chunk.
    """
    announced = None if "Transfer-Encoding" in request.headers else request.content_length
    if (announced or 0) > MOST_BYTES:
        raise _too_large()
    parts, size = list[bytes](), 0
    try:
        while part := request.stream.read(CHUNK):
            size += len(part)
            if size > MOST_BYTES:
                raise _too_large()
            parts.append(part)
    except (ClientDisconnected, OSError, ParseException):
        raise _not_whole("isi terputus sebelum lengkap") from None
    if announced is not None and size != announced:
        raise _not_whole("isi terputus sebelum lengkap", f"{size} dari {announced} bita")
    if not size:
        raise _not_whole("isi kosong")
    return b"".join(parts)


def _too_large() -> ProblemError:
    return ProblemError(413, "isi terlalu besar", None, (f"paling banyak {MOST_BYTES} bita",),
                        "Bagi menjadi beberapa berkas dengan kunci masing-masing.")  # fmt: skip


def _not_whole(error: str, found: str | None = None) -> ProblemError:
    return ProblemError(400, error, found, (), "Kirim lagi dengan kunci yang sama.")


def _accepted(push: Drop, content: bytes) -> Response:
    row = {"feed": push.feed, "key": push.key, "size": len(content), "sha256": hashlib.sha256(content).hexdigest(),
           "next": "Berkas menunggu pemuatan data sesuai jadwal kiriman."}  # fmt: skip
    response = Response(to_json(row), 202, mimetype="application/json")
    response.headers["Location"] = f"/api/v1/feeds/{push.feed}"
    response.headers["Cache-Control"] = "no-store"
    return response
