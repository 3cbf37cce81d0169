"""The sentence at the foot of a scene: the worst thing, the office that answers for it, and what it has recorded to do.

Guests are told the thing only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from babel.dates import format_date

from dashboard.components.about import office_of
from dashboard.language import t
from dashboard.wall.content import Sentence, Tone
from dashboard.wall.view import View
from etl.catalogue.models import Indicator
from etl.catalogue.record_kinds import Record

ROOM = 95  # characters of two lines of a wall, the lead among them
CLOSED = ("selesai", "batal")


def sentence_of(view: View, lead: str, tone: Tone, subjects: Sequence[str], indicator: Indicator | None) -> Sentence:
    """Say `subjects` (one thing, from its long to its short wording), for `indicator` with office and action.

    `texts` go from long to short; the last is the shortest subject alone.
    """
    tails = [*_tails(view, indicator), ""] if indicator is not None and not view.guest else [""]
    texts = [f"{subject}{tail}".rstrip(".") + "." for tail in tails for subject in subjects]
    room = ROOM - len(lead) - 1
    fitting = [each for each in texts if len(each) <= room] or [min(texts, key=len)]
    return {"lead": lead, "tone": tone, "texts": list(dict.fromkeys(fitting))}


def uncapitalised(name: str) -> str:
    """Write a name as it stands within a sentence: "Investasi PMA" small, "IPM" as it is."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def whole(sentence: Sentence) -> str:
    """Return a sentence with its lead, as long as it can be."""
    return f"{sentence['lead']} {sentence['texts'][0]}"


def spoken_of(heading: str, parts: Sequence[str], sentence: Sentence | None) -> str:
    """Say a whole scene: its heading, each part, the sentence at its foot."""
    said = [f"{heading}: {'; '.join(parts)}."]
    if sentence is not None:
        said.append(whole(sentence))
    return " ".join(said)


def action_of(view: View, indicator: Indicator) -> Record | None:
    """Return the recorded action on an indicator that is open and due first; None where there is none."""
    return next(
        (
            each
            for each in view.actions
            if each.content["indicator"] == indicator.id and each.content["status"] not in CLOSED
        ),
        None,
    )


def _tails(view: View, indicator: Indicator) -> Iterator[str]:
    """Say office and action, then less and less of it."""
    lang, action = view.lang, action_of(view, indicator)
    office = office_of(view.catalogue, indicator, view.region)
    if action is None:
        if office is not None:
            yield t("wall.by_office", lang, office=office.short)
        return
    due = _deadline(view, action)
    named = _doer(view, action)
    if lang == "id":  # what an office has written is Indonesian
        yield t("wall.by_action", lang, office=named, action=action.content["action"].strip().rstrip("."), due=due)
    yield t("wall.by_action", lang, office=named, action=t("wall.follow_up", lang), due=due)
    yield t("wall.action", lang, action=t("wall.follow_up", lang), due=due)


def _doer(view: View, action: Record) -> str:
    """Return the short name of who has to act where it is an office of the region, else the name as recorded."""
    said = action.content["responsible"].strip()
    for each in view.catalogue.offices:
        names = (each.name, each.short, *each.aliases)
        if each.region == view.region and said.casefold() in (name.casefold() for name in names):
            return each.short
    return said


def _deadline(view: View, action: Record) -> str:
    """Say when an action is due, and that it is late or held up where it is."""
    due = dt.date.fromisoformat(action.content["deadline"])
    when = short_date(due, view)
    if due < view.today:
        return t("wall.past_deadline", view.lang, date=when)
    if action.content["status"] == "tertunda":
        return t("wall.held_up", view.lang, date=when)
    return when


def short_date(day: dt.date, view: View) -> str:
    """Format a date as briefly as it stays plain: `30 Nov`, in another year `30 Nov 2027`."""
    return format_date(day, "d MMM" if day.year == view.today.year else "d MMM y", locale=view.lang)
