"""The words by which minutes are understood: labels, headings, roles, marks in tables.

A label is what stands before a colon or in a heading. It is lowered, without numbering, counts in brackets and
signs, before it is looked up.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

Standing = Literal["present", "absent", "guest"]

_NUMBERING: Final = re.compile(r"^\(?(?:\d{1,2}(?:\.\d{1,2})*[.):]?|[ivx]{1,4}[.)]|[a-z][.)])\s+")
_BRACKETS: Final = re.compile(r"[(\[{][^()\[\]{}]{0,200}[)\]}]")
_SIGNS: Final = re.compile(r"[^\w\s'/&+@-]+")
_DASHES: Final = re.compile(r"\s+[-–—]\s+.*$")

_PRESENT: Final = frozenset(
    """present attendee attendees attending attendance attended attendence participants participant participating
    participated rollcall joined joining""".split()
)
_PRESENT_PHRASES: Final = (
    "in attendance", "roll call", "who was here", "who is here", "whos here", "who's here", "who attended", "who was there",
    "who is attending", "who joined", "on the call", "people present", "sign in", "sign-in", "people on the call", "persons present",
    "who are you", "on call", "attendee list", "list of attendees", "list of participants",
)  # fmt: skip
_GROUPS: Final = frozenset(
    """members member board directors director council committee tsc toc tac tc wg sig staff team maintainers maintainer
    committers officers voting nonvoting non-voting leads lead chairs steering core community contributors trustees
    stewards delegates representatives editors organisers organizers governing technical sponsors ex-officio advisors
    members: reviewers approvers people names name names: others other""".split()
)
_GUESTS: Final = frozenset("guest guests observer observers visitor visitors invited invitees public audience".split())
_ABSENT: Final = frozenset("absent absents absentees absence absences regrets regret apologies apology excused unexcused missing".split())
_ABSENT_PHRASES: Final = (
    "not present", "not attending", "unable to attend", "sent regrets", "could not attend", "couldn't attend", "did not attend",
    "not in attendance", "sends regrets", "sent apologies", "apologies from", "regrets from", "cannot attend", "can't attend",
)  # fmt: skip
_FILL: Final = frozenset(
    """the of a in and or at for from by with to this today todays today's meeting meetings call calls sync list yourself please add your you sign
    online remote remotely person virtually virtual via zoom irc video phone hangout also those were was is are here were
    full all total number count alphabetical alphabetically order sorted github handle handles id ids affiliation
    company name names organization organisation & + / wg sig session day one two first second 1 2 3 slack channel
    quorum who had people person persons on - representing present/ confirmed rsvp actual minutes notes record log
    section voice etherpad irl physical physically f2f local locally dial-in dialin some partial part partially
    late early gone left arrived anyone everybody everyone participants/""".split()
)
_VETO: Final = frozenset(
    """introduction introductions introduce intro policy policies requirements requirement expectations next future
    last previous how why tracking track update updates encouraged welcome approval approve agenda action actions items
    survey statistics stats graph report rate issue issues discussion presentation presentations guidelines code conduct
    rules benefits growth registration register information info proposal new election elections nomination eligibility""".split()
)

MODERATOR: Final = frozenset(
    """chair chairs chairperson chairman chaired co-chair co-chairs cochair cochairs moderator moderators facilitator facilitators host hosts hosted convener convenor
    conveners presiding leader facilitated moderated chairing facilitating organizer organiser president""".split()
)
SCRIBE: Final = frozenset(
    """scribe scribes notetaker notetakers note-taker note-takers recorder secretary scribing minutes-taker minute-taker minuted clerk
    minutetaker""".split()
)
_SCRIBE_PHRASES: Final = (
    "note taker", "notes by", "minutes by", "minute taker", "minutes taker", "note takers", "notes taken by", "taking notes", "note taking",
    "minutes taken by", "recording secretary", "notetaking", "notes taker", "minute takers",
)  # fmt: skip
_MODERATOR_PHRASES: Final = ("meeting lead", "meeting leader", "called by", "led by", "run by", "meeting chair", "meeting host", "acting chair")

ROLES: Final = MODERATOR | SCRIBE | _GUESTS | frozenset(
    """chair vice-chair co-lead lead tsc toc tac tc member remote online proxy alternate voting non-voting nonvoting ex-officio staff
    treasurer director pmc maintainer late partial organizer organiser presenter speaker intern editor steering virtual
    community emeritus observer-ish in-person irl lurking primary backup phone board program manager executive coordinator""".split()
)  # fmt: skip

DATE_LABELS: Final = frozenset(
    """date|date/time|date & time|date and time|date time|when|meeting date|dates|today's date|todays date|time|time and date|date of meeting|date of the meeting|
    meeting date/time|meeting time|datetime|day|held on|date held|session date|meeting date and time|time/date|meeting on|date & location|
    scheduled|schedule""".replace("\n    ", "").split("|")
)
ACTION_HEADS: Final = frozenset(
    """action actions ai ais todo todos to-do to-dos tasks follow-up follow-ups followups followup""".split()
)
_ACTION_PHRASES: Final = ("action item", "action items", "next steps", "action points", "to do", "follow up", "follow ups", "actions items", "next actions", "new actions", "open actions")
_DECISION_HEADS: Final = frozenset("decision decisions resolution resolutions resolved conclusions motions votes vote voting consensus".split())
_AGENDA_HEADS: Final = frozenset("agenda topics items minutes notes discussion discussions proceedings topic summary".split())
_LINK_HEADS: Final = frozenset("links link recording recordings resources video".split())
_NEXT: Final = re.compile(r"\b(?:next|upcoming|future|previous|last|prior|past|following)\b", re.IGNORECASE)

YES: Final = frozenset(
    """x y yes ✓ ✔ ✅ ☑ present p attended true 1 here joined on ok in attending v + voting-present ✔️ ☑️ 🟢 👍 present(remote) remote
    online r virtual in-person late ✓✓ proxy *""".split()
)
NO: Final = frozenset("n no ✗ ✘ ❌ ✖ absent a regrets excused false 0 - – — _ not ✖️ x̶ 🔴 🚫 regret apologies na n/a off e tbd ? ☐".split()) | {""}

NAME_COLUMNS: Final = frozenset(
    "name names attendee attendees member members participant participants who person people representative representatives "
    "representative(s) director individual present delegate maintainer user first".split()
)
HANDLE_COLUMNS: Final = frozenset("github handle handles username id nick nickname irc user login gh slack discord".split())
FIRM_COLUMNS: Final = frozenset(
    "affiliation affiliations company organization organisation org institution employer firm organizations from project companies country "
    "entity vendor".split()
)
MARK_COLUMNS: Final = frozenset("present present? attended attendance attending status here attended? attending? presence rollcall quorum joined".split())
ROLE_COLUMNS: Final = frozenset("role roles position title seat capacity office".split())

PLACEHOLDERS: Final = frozenset(
    """name|names|your name|add your name|tbd|tba|n/a|na|none|-|…|...|??|?|???|your name here|add yourself|add name here|name here|name (affiliation)|
    nobody|no one|empty|todo|name / institution / github handle|name (company)|xxx|xx|x|insert name|first last|member|attendee|firstname lastname|
    name and affiliation|please add your name|(add your name)|none.|unknown|@handle|@github|pending|name, affiliation|name - affiliation|
    add your name here|no regrets|no apologies|to be added|participant|participants|your name (company)|nil|name (organization)|etc|etc.|
    sign in|attendees|list of attendees|everyone|all|everybody|all present|github|person|a|b|c|- |name/affiliation|no attendees|others|see above|same as above
    |as above""".replace("\n    ", "").split("|")
)
INSTRUCTION: Final = re.compile(
    r"\b(?:please|add your|write your|sign (?:yourself )?(?:in|up)|your name|fill in|add yourself|put your|list your|feel free|sign in below|"
    r"in alphabetical order|handle here|names? here|remember to|instructions)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def label_words(text: str) -> str:
    """A label lowered and bare: "2. **Attendees** (12):" becomes "attendees"."""
    bare = _NUMBERING.sub("", text.strip().lower()).replace("’", "'")
    bare = _BRACKETS.sub(" ", bare)
    bare = _SIGNS.sub(" ", bare)
    return " ".join(bare.split()).strip(" -/&+")


@lru_cache(maxsize=4096)
def standing_of(label: str, *, weak: bool = False) -> Standing | None:
    """Whether a label speaks of those present, absent or invited; with `weak`, a group such as "Members" will do."""
    words = label_words(_DASHES.sub("", label) if len(label) > 40 else label)
    parts = words.replace("/", " / ").split()
    if not parts or len(parts) > 9:
        return None
    known = set(parts)
    if known & _VETO and not (words.startswith(("present", "attend", "in attendance", "regrets", "absent", "apologies"))):
        return None
    rest = words
    absent = bool(known & _ABSENT)
    for phrase in _ABSENT_PHRASES:
        if phrase in rest:
            absent, rest = True, rest.replace(phrase, " ")
    if absent:
        left = set(rest.split()) - _ABSENT - _FILL - _GROUPS - _GUESTS - {"no", "not", "/", "with", "notice"}
        return "absent" if len(left) <= 1 else None
    present = bool(known & _PRESENT)
    for phrase in _PRESENT_PHRASES:
        if phrase in rest:
            present, rest = True, rest.replace(phrase, " ")
    left = set(rest.split()) - _PRESENT - _FILL - _GROUPS - _GUESTS - {"/", "non", "&"}
    left = {word for word in left if not word.isdigit()}
    guests = bool(known & _GUESTS)
    if present and len(left) <= (1 if len(parts) > 1 else 0):
        return "guest" if guests and not known & (_GROUPS - {"others", "other"}) else "present"
    if guests and not left and len(parts) <= 4 and not known & {"public", "audience", "invited"}:
        return "guest"
    if weak and not left and (known & _GROUPS):
        return "present"
    return None


@lru_cache(maxsize=4096)
def role_of(label: str) -> Literal["moderator", "scribe"] | None:
    """Whether a label names who led the meeting or who wrote."""
    words = label_words(label)
    parts = set(words.replace("/", " ").replace("&", " ").split())
    if not parts or len(parts) > 5 or parts & {"next", "previous", "volunteer", "volunteers", "election", "report", "update", "updates", "find", "elections", "nominations", "remarks", "comments", "vacant"}:
        return None
    if parts & SCRIBE or any(phrase in words for phrase in _SCRIBE_PHRASES):
        return "scribe"
    if (parts & MODERATOR and len(parts) <= 4) or words in _MODERATOR_PHRASES:
        return "moderator"
    return None


def is_date_label(label: str) -> bool:
    """Whether the date stands behind this label."""
    return label_words(label) in DATE_LABELS


@lru_cache(maxsize=4096)
def head_kind(label: str) -> Literal["actions", "decisions", "agenda", "links", "next"] | None:
    """What a heading announces, where it announces one of the parts of minutes."""
    words = label_words(label)
    parts = words.split()
    if not parts or len(parts) > 6:
        return None
    if parts[0] in ACTION_HEADS or parts[-1] in ACTION_HEADS or any(words.startswith(one) or words.endswith(one) for one in _ACTION_PHRASES):
        if not set(parts) & {"previous", "prior", "last", "review", "past"}:
            return "actions"
        return None
    if _NEXT.search(words) and set(parts) & {"meeting", "meetings", "call", "date", "dates", "time", "agenda", "minutes", "sync"}:
        return "next"
    if len(parts) <= 3 and (parts[0] in _DECISION_HEADS or parts[-1] in _DECISION_HEADS):
        return "decisions"
    if len(parts) <= 3 and (parts[-1] in _AGENDA_HEADS or parts[0] in ("agenda",)):
        return "agenda"
    if len(parts) <= 2 and parts[0] in _LINK_HEADS:
        return "links"
    return None


def speaks_of_another_day(text: str) -> bool:
    """Whether a text tells of another meeting: the next one, the last one."""
    return bool(_NEXT.search(text))
