"""An office's own network: its certificate authority, its proxy, and the other names of its portal."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Annotated
from urllib.parse import urlsplit

import httpx
from pydantic import AfterValidator

from etl.catalogue.reference import Model
from etl.connectors.base import FetchError, Reach


def _proxy(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise ValueError("alamat proksi, misalnya http://proksi.kantor.go.id:3128")
    if "@" in parts.netloc:
        raise ValueError("alamat proksi tanpa nama pengguna dan sandi; keduanya di lingkungan, lihat proxy_login")
    return text


def _host(text: str) -> str:
    parts = urlsplit(f"//{text}")
    if not parts.hostname or parts.netloc != text or "@" in text or parts.port == 0:
        raise ValueError("nama server saja, misalnya data.paserkab.go.id atau 10.10.1.5:8443")
    return text


def _inside(text: str) -> str:
    path = PurePosixPath(text)
    if path.is_absolute() or ".." in path.parts or "\\" in text or ":" in text:
        raise ValueError("jalur di dalam proyek, misalnya data/ca/paserkab.pem")
    return text


class OfficeNetwork(Model):
    """How a source is reached from within an office's network; a group of a web connector may hold these words."""

    ca: Annotated[str, AfterValidator(_inside)] | None = None
    """Berkas PEM sertifikat CA milik kantor, di dalam proyek, misalnya data/ca/paserkab.pem; berlaku di samping CA
    yang umum."""
    proxy: Annotated[str, AfterValidator(_proxy)] | None = None
    """Alamat proksi kantor, misalnya http://proksi.kantor.go.id:3128, tanpa nama pengguna dan sandi."""
    proxy_login: str | None = None
    """Nama variabel lingkungan yang memuat pengguna:sandi proksi."""
    hosts: tuple[Annotated[str, AfterValidator(_host)], ...] = ()
    """Nama lain server portal yang sama, misalnya [10.10.1.5:8443]; kunci dan token dikirim ke sana juga."""


@dataclass(frozen=True, slots=True)
class Way:
    """The way to a source: whom to trust, through which proxy, and which further hosts are the source's own."""

    context: ssl.SSLContext
    proxy: str | None = None
    login: tuple[str, str] | None = field(default=None, repr=False)
    hosts: tuple[str, ...] = ()


def direct() -> Way:
    """Return the way without proxy, by the certificate authorities that everybody trusts."""
    return Way(httpx.create_ssl_context(trust_env=False))


def declared_way(source: OfficeNetwork, reach: Reach) -> Way:
    """Return the way that a feed declares; raises FetchError for a certificate or a login that is not there."""
    context = httpx.create_ssl_context(trust_env=False)
    if source.ca:
        _trust(context, reach.root / source.ca, source.ca)
    login = None
    if source.proxy_login:
        user, colon, password = reach.secret(source.proxy_login).partition(":")
        if not colon:
            raise FetchError(f"Isi {source.proxy_login} tidak berbentuk pengguna:sandi. Perbaiki di server.")
        login = user, password
    return Way(context, source.proxy, login, source.hosts)


def _trust(context: ssl.SSLContext, path: Path, shown: str) -> None:
    try:
        context.load_verify_locations(path)
    except FileNotFoundError:
        raise FetchError(f"Berkas sertifikat {shown} tidak ada. Salin berkas PEM dari pengelola jaringan.") from None
    except (OSError, ssl.SSLError):
        raise FetchError(
            f"Berkas {shown} bukan sertifikat PEM (teks yang diawali -----BEGIN CERTIFICATE-----). Mintalah bentuk PEM "
            "kepada pengelola jaringan."
        ) from None
