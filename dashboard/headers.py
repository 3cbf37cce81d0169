"""Headers that keep the browser to this server: no inline script but Dash's own, no other host, no framing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from flask import Flask, Response

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def policy(script_hashes: Sequence[str]) -> str:
    """Return the content security policy. Dash and plotly.js set styles inline; scripts never are."""
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", *script_hashes]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def protect(server: Flask, script_hashes: Callable[[], Sequence[str]]) -> None:
    """Set the security headers on every answer that has none.

    The hashes are taken at the first answer: Dash defines its last inline script before its first request.
    """
    known = cache(lambda: policy(script_hashes()))

    @server.after_request
    def _set_headers(response: Response) -> Response:
        for name, value in {"Content-Security-Policy": known(), **FIXED}.items():
            response.headers.setdefault(name, value)
        return response
