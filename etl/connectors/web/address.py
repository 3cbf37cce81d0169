"""Web addresses: what may be shown of one, which one a link leads to, and which hosts a server may send us to."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from etl.connectors.base import FetchError

SECRET = re.compile(
    r"(.*[_-])?(key|apikey|token|auth|authorization|secret|password|passwd|sig|signature)", re.IGNORECASE
)
SECRET_SEGMENT = re.compile(r"(/(?:key|apikey|api_key|token)/)[^/?#]+", re.IGNORECASE)
HIDDEN = "***"
PORTS = {"http": 80, "https": 443}
NAT64 = ipaddress.ip_network("64:ff9b::/96")
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Spot = tuple[str, int]  # host and port


def redact(address: str, secrets: Iterable[str] = ()) -> str:
    """Return an address, or any text that holds one, without user, key and token, fit for names, errors and logs."""
    text = re.sub(r"://[^/?#\s]*@", "://", address)
    text = SECRET_SEGMENT.sub(rf"\g<1>{HIDDEN}", text)
    text = re.sub(r"([?&])([^=&#\s]+)=([^&#\s]*)", _hide_parameter, text)
    for secret in secrets:
        for form in (secret, quote(secret, safe="")):
            text = text.replace(form, HIDDEN) if form else text
    return text


def _hide_parameter(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}={HIDDEN}" if SECRET.fullmatch(match[2]) else match[0]


def with_parameters(address: str, parameters: Iterable[tuple[str, str]]) -> str:
    """Return the address with query parameters added behind those it has; one of the same name is replaced."""
    added = list(parameters)
    if not added:
        return address
    parts = urlsplit(address)
    names = {name for name, _ in added}
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in names]
    return urlunsplit(parts._replace(query=urlencode(kept + added, safe=":,;[]")))


def join(base: str, given: str) -> str:
    """Return the address that a server's link, relative or whole, leads to from `base`.

    Raises FetchError for anything but http(s), and for a step from https down to http.
    """
    try:
        joined = urljoin(base, given.strip())
        spot_of(joined)
    except ValueError:
        raise FetchError(f"{redact(base)} menunjuk alamat yang tidak sah. Laporkan kepada pengelola portal.") from None
    if urlsplit(base).scheme == "https" and urlsplit(joined).scheme != "https":
        raise FetchError(
            f"{redact(base)} menunjuk alamat tanpa enkripsi (http), padahal asalnya https. Tidak diikuti; "
            "laporkan kepada pengelola portal."
        )
    return joined


def spot_of(address: str) -> Spot:
    """Return host and port of an address; raises ValueError where it is no whole http(s) address."""
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("bukan alamat http(s)")
    return parts.hostname.lower(), parts.port or PORTS[parts.scheme]


def at_home(address: str, home: str, hosts: Iterable[str] = ()) -> bool:
    """Tell whether an address lies on the catalogue's own server; its step from http up to https stays at home."""
    return spot_of(address) in home_spots(home, hosts) and not (
        urlsplit(home).scheme == "https" and urlsplit(address).scheme == "http"
    )


def home_spots(home: str, hosts: Iterable[str] = ()) -> frozenset[Spot]:
    """Return the hosts and ports that the catalogue's own address stands for, and those of its server's other names.

    `hosts` are declared, each with or without its port; without one it is that of the address's scheme.
    """
    scheme = urlsplit(home).scheme
    spots = [spot_of(home), *(spot_of(f"{scheme}://{each}") for each in hosts)]
    return frozenset(spots) | {(host, 443) for host, port in spots if (scheme, port) == ("http", 80)}


def intranet(declared: str) -> tuple[Network, ...]:
    """Read the inner networks that a government declares, `10.0.0.0/8, 172.16.0.0/12`.

    Raises FetchError for what is no network, or one that is never an office's: this machine, its link, the internet.
    """
    networks = list[Network]()
    for word in filter(None, (each.strip() for each in declared.split(","))):
        try:
            network = ipaddress.ip_network(word)
        except ValueError:
            raise FetchError(f"PANTAU_INTRANET memuat “{word}”, bukan jaringan. Bentuknya: 10.0.0.0/8.") from None
        if not network.is_private or network.is_loopback or network.is_link_local or network.is_unspecified:
            raise FetchError(f"PANTAU_INTRANET memuat “{word}”, bukan jaringan dalam. Tulis jaringan kantor saja.")
        networks.append(network)
    return tuple(networks)


def all_allowed(found: Sequence[str], networks: Sequence[Network] = ()) -> bool:
    """Tell whether every address that a name resolves to lies in the public internet or in a declared network."""
    addresses = [ipaddress.ip_address(each.split("%")[0]) for each in found]
    return bool(addresses) and all(_public(each) or any(each in one for one in networks) for each in addresses)


def _public(each: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Judge an address and the IPv4 address that it may carry inside."""
    if isinstance(each, ipaddress.IPv6Address):
        inner = each.ipv4_mapped or each.sixtofour or (each.teredo[1] if each.teredo else None)
        if each in NAT64:
            inner = ipaddress.IPv4Address(int(each) & 0xFFFFFFFF)
        if inner is not None:
            return _public(inner)
    return each.is_global and not each.is_multicast
