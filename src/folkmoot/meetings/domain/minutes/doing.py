"""Actions in minutes: "AI: Ada to …", "- [ ] @ada …", rows with owner and due, bullets below "Action items"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from folkmoot.meetings.domain.minutes.dates import find_dates
from folkmoot.meetings.domain.minutes.lexicon import TO_DO
from folkmoot.meetings.domain.minutes.lines import Line
from folkmoot.meetings.domain.minutes.model import ReadAction
from folkmoot.meetings.domain.minutes.people import is_placeholder, looks_like_a_name
from folkmoot.meetings.domain.minutes.plain import plain
from folkmoot.meetings.domain.minutes.words import head_kind, label_words

MOST_ACTIONS: Final = 1_000

_OPENS: Final = re.compile(
    r"^\W{0,3}(?:(?:AI|AP|A\.I\.|ACTION(?:\s+ITEMS?)?|Action(?:\s+[Ii]tems?)?|action items?|TODO|To-?do|ToDo)"
    r"(?:\s+\d{1,3})?)"
    r"(?:\s*[\[(](?P<inside>[^\[\]()]{1,60})[\])])?(?:\s*[:–—-]+\s*|\s+(?=@)|\s*\]\s*|\s+(?=on\s+[A-Z]))(?P<rest>\S.*)$"
)
_BRACKETED: Final = re.compile(
    r"^\W{0,3}\[\s*(?:ACTION|AI|Action|TODO)(?:\s+[Ii]tem)?\s*(?:[-–:]\s*(?P<owner>[^\[\]]{1,60}))?\]\W{0,4}(?P<rest>\S.*)$"
)
_IN_MARKS: Final = re.compile(
    r"^\W{0,3}\[action\]\s*(?P<rest>[^\[\]]{1,2000}?)\s*(?:\[(?:assignee|owner)\]\s*(?P<owner>[^\[\]]{1,80}?)\s*)?"
    r"(?:\[due\]\s*(?P<due>[^\[\]]{1,40}?)\s*)?(?:\[status\]\s*(?P<status>[^\[\]]{1,40}?)\s*)?$",
    re.IGNORECASE,
)
"""An action whose parts stand behind marks: "[action] Write [assignee] Ada [due] 2026-03-12 [status] done"."""
_FOR: Final = re.compile(r"^(?:For|FOR)\s+(?P<name>@?[A-Z][^:]{1,40}):\s+(?P<rest>\S.*)$")
_OWNER_FIRST: Final = re.compile(
    r"^(?:@(?P<handle>[\w.-]{1,60}?)(?:\s*[:,–-]\s+|\s+(?:to\b|will\b|shall\b)?\s*)"
    r"|\[(?P<square>[^\[\]]{2,60})\]\s*[:–-]?\s+"
    r"|(?P<name>[A-Z][\w.'’-]*(?:\s(?:[A-Z][\w.'’-]*|van|de|von|der)){0,3}(?:(?:\s?[,/&+]\s?|\sand\s)[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,2}){0,3})(?:\s*[:–—]\s+|\s+-\s+|\s+(?:to|will|shall)\s+))(?P<rest>\S.*)$"
)
_OWNER_LAST: Final = re.compile(
    r"^(?P<text>.*\S)\s*(?:[(\[](?:owner:?\s*)?(?P<name>@?[^()\[\]]{2,60})[)\]]|\s[-–—]\s(?P<dash>@[\w.-]{1,60}|[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,2}))\s*\.?$"
)
_DUE: Final = re.compile(r"\b(?:due|by|until|before|deadline|eta)\b:?\s*(?:on\s+)?", re.IGNORECASE)
_DONE: Final = re.compile(
    r"^\s*(?:✅|✓|☑|\[done\]|done\b[:.\s-]|~~)|(?:✅|☑|\(done\)|\[done\]|- done\.?|\bDONE\b)\s*$", re.IGNORECASE
)


def read_actions(lines: Sequence[Line], day: date | None) -> list[ReadAction]:
    """The actions among the lines of one meeting; `day` lends its year to a due date without one."""
    found: list[ReadAction] = []
    level = 0
    base = -1
    belongs = -1
    """The place of the action that was opened last, or of what was said of it right below."""
    owner_above = ""
    head: Line | None = None
    for place, line in enumerate(lines):
        if line.kind == "row" and (line.header or place == 0 or lines[place - 1].kind not in ("row", "rule")):
            head = line if line.header else None
        if len(found) >= MOST_ACTIONS:
            break
        if line.kind == "heading":
            kind = head_kind(line.plain)
            if kind == "actions":
                level, base, owner_above = line.level, -1, ""
            elif level and line.level <= level:
                level = 0
            continue
        if line.kind == "row":
            if head is not None and line is not head and (level or _is_action_table(head)):
                _row(line, head, day, found)
            continue
        if line.kind not in ("bullet", "text"):
            continue
        words = line.plain
        if parts := _IN_MARKS.match(words):
            found.append(_of_parts(parts, line, day))
            continue
        opening = _BRACKETED.match(words) or _OPENS.match(words)
        if opening is not None:
            groups = opening.groupdict()
            owner = groups.get("owner") or groups.get("inside") or ""
            belongs = place
            found.append(_action(groups["rest"], line, day, owner=owner.strip(), struck="~~" in line.text))
        elif found and belongs == place - 1 and line.kind == "bullet" and (child := _child(words)):
            found[-1] = _with(found[-1], child, day)
            belongs = place
        elif level and line.kind == "bullet":
            base = line.indent if base < 0 else min(base, line.indent)
            if line.indent <= base:
                if words and not is_placeholder(words):
                    found.append(
                        _action(words, line, day, owner=owner_above, struck=line.text.strip().startswith("~~"))
                    )
            elif found and (child := _child(words)):
                found[-1] = _with(found[-1], child, day)
        elif (
            level
            and line.kind == "text"
            and base < 0
            and looks_like_a_name(words.rstrip(":"))
            and len(words.split()) <= 3
        ):
            owner_above = words.rstrip(": ")
        elif (
            line.kind == "bullet"
            and line.checked is not None
            and ("@" in words or _OWNER_FIRST.match(words))
            and not level
        ):
            found.append(_action(words, line, day))
    return found


def _action(text: str, line: Line, day: date | None, *, owner: str = "", struck: bool = False) -> ReadAction:
    text = plain(text).replace("\n", " ").strip()
    done = bool(line.checked) or struck or bool(_DONE.search(text))
    text = re.sub(r"^\s*(?:✅|✓|☑)\s*|\s*(?:✅|☑|\(done\))\s*$", "", text, flags=re.IGNORECASE).strip()
    due = _due(text, day)
    if not owner and (hit := _FOR.match(text)) and looks_like_a_name(hit["name"]):
        owner, text = hit["name"], hit["rest"]
    if not owner and (hit := _OWNER_FIRST.match(text)):
        owner = hit["handle"] or hit["square"] or hit["name"]
        if hit["square"] and not looks_like_a_name(hit["square"].split(",")[0]):
            owner = ""
        if (
            owner
            and not is_placeholder(owner)
            and not owner.lower().startswith(("need", "we ", "add", "the ", "next", "everyone"))
            and not (hit["name"] and owner.lower() in TO_DO)
        ):
            text = hit["rest"]
        else:
            owner = ""
    if not owner and (hit := _OWNER_LAST.match(text)):
        name = (hit["name"] or hit["dash"] or "").strip().removeprefix("@")
        if (
            looks_like_a_name(name)
            and not find_dates(name)
            and (name[:1].isupper() or (hit["name"] or "").startswith("@") or hit["dash"])
        ):
            owner, text = name, hit["text"]
    if not owner and (hit := re.search(r"(?<![\w.])@([\w-]{2,40})", text)):
        owner = hit[1]
    return ReadAction(text[:2_000], owner.strip().lstrip("@")[:200], due, done, line.number)


def _of_parts(parts: re.Match[str], line: Line, day: date | None) -> ReadAction:
    due = _due(f"due {parts['due']}", day) if parts["due"] else None
    done = (parts["status"] or "").lower().startswith(("done", "complete", "closed"))
    return ReadAction(parts["rest"], (parts["owner"] or "").lstrip("@"), due, done, line.number)


def _due(text: str, day: date | None) -> date | None:
    hit = _DUE.search(text)
    if hit is None:
        return None
    dates = [one for one in find_dates(text[hit.end() : hit.end() + 40], short=True) if one.start <= 12]
    if not dates:
        return None
    one = dates[0]
    if one.day is not None:
        return one.day
    if one.in_month and day is not None and not _either_way(one.text):
        this = one.in_year(day.year)
        return this if this is None or (this - day).days > -60 else one.in_year(day.year + 1)
    return None


def _either_way(text: str) -> bool:
    """Whether a date such as 3/4 is another day where the day is written first; nothing is guessed then."""
    numbers = re.fullmatch(r"\D{0,3}(\d{1,2})\s?/\s?(\d{1,2})\D{0,3}", text)
    return numbers is not None and numbers[1] != numbers[2] and int(numbers[1]) <= 12 and int(numbers[2]) <= 12


def _child(words: str) -> tuple[str, str] | None:
    label, colon, value = words.partition(":")
    bare = label_words(label)
    if colon and bare in (
        "assigned",
        "owner",
        "assignee",
        "who",
        "responsible",
        "assigned to",
        "due",
        "due date",
        "deadline",
        "status",
    ):
        return bare, value.strip()
    if bare in ("done", "complete", "completed"):
        return "status", "done"
    return None


def _with(action: ReadAction, child: tuple[str, str], day: date | None) -> ReadAction:
    label, value = child
    owner, due, done = action.owner, action.due, action.done
    if label in ("due", "due date", "deadline"):
        due = _due(f"due {value}", day) or due
    elif label == "status":
        done = done or value.lower().startswith(("done", "complete", "closed"))
    else:
        owner = owner or value.lstrip("@")[:200]
    return ReadAction(action.text, owner, due, done, action.line)


def _is_action_table(head: Line) -> bool:
    words = [label_words(plain(cell)) for cell in head.cells]
    return any(word in ("action", "action item", "action items", "task", "to do", "actions") for word in words) and any(
        word.split()[0] in ("owner", "who", "assignee", "responsible", "assigned") for word in words if word
    )


def _row(line: Line, head: Line, day: date | None, found: list[ReadAction]) -> None:
    text = owner = due = status = ""
    for name, cell in zip(head.cells, line.cells, strict=False):
        words = label_words(plain(name)).split()
        said = plain(cell).replace("\n", " ")
        if not words:
            continue
        if words[0] in ("owner", "owners", "who", "assignee", "responsible", "assigned", "person", "name", "lead"):
            owner = said
        elif {"due", "deadline", "when", "date", "eta"} & set(words):
            due = said
        elif {"status", "done", "state", "completed"} & set(words):
            status = said
        elif not text and words[0] not in ("#", "id", "no", "nr", "number"):
            text = said
    if text and not is_placeholder(text):
        when = next((one.day for one in find_dates(due) if one.day), None) or (_due(f"due {due}", day) if due else None)
        done = status.strip().lower().startswith(("done", "complete", "closed", "x", "✅", "✓", "yes"))
        if when is None and due and (any(char.isdigit() for char in due) or not is_placeholder(due)):
            text = f"{text} (due {due})"
        found.append(ReadAction(text, "" if is_placeholder(owner) else owner.lstrip("@"), when, done, line.number))
