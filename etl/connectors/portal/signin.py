"""A token that a portal gives anew for each run."""

from __future__ import annotations

from etl.catalogue.reference import Model
from etl.connectors.base import FetchError, Reach, UnreadableError
from etl.connectors.formats.json_rows import MISSING, find, split_path
from etl.connectors.formats.json_text import read_json
from etl.connectors.web.address import redact
from etl.connectors.web.http import open_web
from etl.connectors.web.network import Way
from etl.connectors.web.patience import Limits, Pace
from etl.connectors.web.quotation import quote_portal


class SignIn(Model):
    """How a portal gives a token for a name and a password, which environment variables hold."""

    address: str
    """Alamat masuk, misalnya https://…/api/v1/signin; di server yang sama."""
    user: str
    """Nama variabel lingkungan yang memuat nama pengguna."""
    password: str
    """Nama variabel lingkungan yang memuat sandi."""
    inputs: tuple[str, str] = ("email", "password")
    """Nama kedua isiannya pada portal; [email, password] bila tidak ditulis."""
    answer: str = "access_token"
    """Letak token pada jawabannya; access_token bila tidak ditulis."""


def sign_in(home: str, asked: SignIn, reach: Reach, limits: Limits, pace: Pace, way: Way) -> str:
    """Return the token that a portal gives for name and password; raises FetchError, which repeats neither."""
    secrets = [reach.secret(asked.user), reach.secret(asked.password)]
    form = dict(zip(asked.inputs, secrets, strict=True))
    with open_web(home, secrets=secrets, limits=limits, pace=pace, way=way) as web:
        answer = web.get(asked.address, form=form)
    said = redact(f"{answer.name} menolak masuk (status {answer.status}){quote_portal(answer.content)}", secrets)
    try:
        token = find(read_json(answer.content), split_path(asked.answer))
    except UnreadableError:
        token = MISSING
    if not answer.ok or not isinstance(token, str) or not token.strip():
        raise FetchError(f"{said}. Periksa {asked.user}, {asked.password} dan `signin` kiriman ini.")
    return token.strip()
