"""What the API answers when it cannot: what was wrong, what was found, what is allowed, what to do next."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(eq=False)
class ProblemError(Exception):
    """A refusal in Indonesian; `status` is the HTTP status."""

    status: int
    error: str
    found: str | None
    allowed: tuple[str, ...]
    next: str
    headers: dict[str, str] = field(default_factory=dict)

    def body(self) -> dict[str, object]:
        """Return the JSON body {error, found, allowed, next}."""
        return {"error": self.error, "found": self.found, "allowed": list(self.allowed), "next": self.next}


def nearest(word: str, words: Iterable[str], count: int = 5) -> tuple[str, ...]:
    """Return up to `count` known words that look like `word`, nearest first; all of them where they are few."""
    known = sorted(words)
    if len(known) <= 2 * count:
        return tuple(known)
    return tuple(difflib.get_close_matches(word.lower(), known, n=count, cutoff=0.3)) or tuple(known[:count])


def unknown_word(what: str, word: str, words: Iterable[str], resource: str) -> ProblemError:
    """Return the 404 for an id that the catalogue of this vintage lacks."""
    return ProblemError(404, f"{what} tidak dikenal", word, nearest(word, words), f"Lihat daftarnya di {resource}.")
