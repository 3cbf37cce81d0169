"""/wall: a document of its own, its snapshot, its files and its service worker. Nothing here writes."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict

from flask import Blueprint, Response, abort, render_template, request
from sqlalchemy.exc import SQLAlchemyError

from dashboard.data import Reader
from dashboard.language import messages
from dashboard.urls import Lang
from dashboard.wall.scene_registry import SCENES
from dashboard.wall.snapshot import Asked, Snapshots
from dashboard.wall.wall_address import PATH, Wish, parse_wish
from dashboard.wall.wall_files import TYPES, Files
from etl.catalogue.wall_defaults import Wall

ALWAYS = "public, max-age=31536000, immutable"
POLICY = (
    "default-src 'none'; script-src 'self' {guard}; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' data:; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
SECTION = "wall_client."
GUARD = "guard.js"  # stands in the document itself
WORKER = "sw.js"


def create_wall(reader: Reader, snapshots: Snapshots, files: Files, home: str) -> Blueprint:
    """Build the blueprint."""
    wall = Blueprint("wall", __name__, template_folder=".")
    guard = files.contents[GUARD].decode()
    modules = [name for name in files.contents if name.endswith(".js") and name not in (GUARD, WORKER)]
    policy = POLICY.format(guard=_hash(guard))

    def asked() -> Wish:
        return parse_wish(request.args, _settings(reader), home)

    @wall.get(PATH)
    def document() -> Response:
        wish = asked()
        page = render_template(
            "wall.html",
            wish=wish,
            options=json.dumps(asdict(wish) | {"scenes": [SCENES[each].id for each in scenes_of(wish)]}),
            words=json.dumps(words(wish.lang)),
            base=f"{PATH}/berkas/{files.version}",
            version=files.version,
            guard=guard,
            modules=modules,
        )
        return _answer(page.encode(), "text/html; charset=utf-8", "no-cache", policy)

    @wall.get(f"{PATH}/snapshot.json")
    def snapshot() -> Response:
        wish = asked()
        printed = snapshots.printed(Asked(wish.region, wish.lang, wish.guest))
        if printed is None:
            return Response(status=503, headers={"Retry-After": "60"})
        answer = _shorter(printed.plain, printed.packed, "application/json", "no-cache", policy)
        answer.set_etag(printed.tag, weak=True)
        answer.make_conditional(request)
        return answer

    @wall.get(f"{PATH}/sw.js")
    def worker() -> Response:
        answer = _answer(files.contents[WORKER], TYPES[".js"], "no-cache", policy)
        answer.headers["Service-Worker-Allowed"] = PATH
        return answer

    @wall.get(f"{PATH}/berkas/<version>/<name>")
    def file(version: str, name: str) -> Response:
        if version != files.version or name not in files.contents:
            abort(404)
        kind = TYPES[name[name.rindex(".") :]]
        return _shorter(files.contents[name], files.packed[name], f"{kind}; charset=utf-8", ALWAYS, policy)

    return wall


def _settings(reader: Reader) -> Wall:
    """Read how walls are set. A wall gets its document without a warehouse too: it has figures of its own to show."""
    try:
        vintage = reader.vintage()
        return reader.catalogue(vintage).wall if vintage else Wall()
    except SQLAlchemyError:
        return Wall()


def _hash(script: str) -> str:
    """Name a script inside the document as the content security policy does."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def scenes_of(wish: Wish) -> tuple[str, ...]:
    """Return the words of the scenes that are shown: the pinned one alone, else those asked for."""
    return (wish.pinned,) if wish.pinned else wish.scenes


def words(lang: Lang) -> dict[str, str]:
    """Return the words that the client itself says: ages, days, what is wrong with the connection."""
    return {key.removeprefix(SECTION): text[lang] for key, text in messages().items() if key.startswith(SECTION)}


def _shorter(plain: bytes, packed: bytes, kind: str, caching: str, policy: str) -> Response:
    """Answer with the packed content where the browser takes it."""
    takes = bool(request.accept_encodings["gzip"])
    answer = _answer(packed if takes else plain, kind, caching, policy)
    answer.vary.add("Accept-Encoding")
    if takes:
        answer.content_encoding = "gzip"
    return answer


def _answer(content: bytes, kind: str, caching: str, policy: str) -> Response:
    answer = Response(content, content_type=kind)
    answer.headers["Cache-Control"] = caching
    answer.headers["Content-Security-Policy"] = policy
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer
