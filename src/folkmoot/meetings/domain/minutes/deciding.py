"""Decisions in minutes: "Resolved: …", motions with what became of them, votes as numbers and by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from folkmoot.meetings.domain.minutes.lines import BOLD_LEVEL, Line
from folkmoot.meetings.domain.minutes.model import NO_COUNTS, NO_NAMES, SIDES, Counts, Names, Note, ReadDecision
from folkmoot.meetings.domain.minutes.notes import note
from folkmoot.meetings.domain.minutes.people import folded, is_placeholder, looks_like_a_name, split_list
from folkmoot.meetings.domain.minutes.plain import plain
from folkmoot.meetings.domain.minutes.words import head_kind

MOST_DECISIONS: Final = 500
LOOK_AHEAD: Final = 12
"""Lines after a motion in which its votes and its outcome may stand."""

_OPENS: Final = re.compile(
    r"^(?:\W{0,3})(?P<word>resolved|resolutions?|decision|decided|agreed|agreement|consensus|motion|moved|vote|approved|"
    r"proposed resolution|conclusion|outcome)(?P<number>\s+(?:no\.?\s?|#)?[\d][\w.-]{0,12})?"
    r"(?P<mark>\s*[:\])–—-]+\s*|\s+(?=(?:that|to|by|from|made|was|unanimously)\b))(?P<rest>.*)$",
    re.IGNORECASE,
)
_NAME: Final = r"(?P<name>@?[^\W\d_][\w.'’@-]*(?:\s[A-Z][\w.'’-]*){0,3})"
_OUTCOMES: Final = tuple(
    (outcome, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for outcome, words in (
        (
            "declined",
            r"not (?:carried|approved|adopted|passed|accepted)|did not (?:carry|pass)|does not pass|failed|fails|"
            r"defeated|rejected|declined|denied|lost",
        ),
        ("deferred", r"tabled|deferred|postponed|carried over|adjourned to"),
        ("withdrawn", r"withdrawn"),
        (
            "carried",
            r"carried|carries|passed|passes|approved|adopted|accepted|unanimous(?:ly)?|agreed|ratified|so resolved|"
            r"no objections?|granted",
        ),
    )
)
_MOVED: Final = re.compile(
    r"\b(?:moved|motion(?:ed)?(?: made)?|made|proposed|sponsor(?:ed)?|proposer|mover|first)(?:\s+by|\s*:)\s*:?\s*"
    + _NAME,
    re.IGNORECASE,
)
_SECONDED: Final = re.compile(r"\b(?:second(?:ed)?|seconder|2nd)(?:\s+by|\s*:)\s*:?\s*" + _NAME, re.IGNORECASE)
_NAME_MOVES: Final = re.compile(r"^(?P<name>[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,3}) (?:moved|moves|motioned)\b")

_BY_MOVER: Final = re.compile(r"\sby\s+(?P<name>[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*){0,3})\s*[.;,]\s*(?:and\s)?(?i:second)")
"""A mover who is named behind what is moved, before whoever seconded it."""
_SENTENCE_ENDS: Final = re.compile(r"(?<=[^\W\d_]{3})\.\s")
_RESULT: Final = re.compile(
    r"\b(?:passed|passes|carried|carries|approved|adopted|failed|fails|defeated|rejected)\W{1,3}"
    r"(?P<approve>\d{1,3})\s?[-–/]\s?(?P<decline>\d{1,3})\s?[-–/]\s?(?P<abstain>\d{1,3})(?![\w-])",
    re.IGNORECASE,
)
"""An outcome with three numbers behind it: for, against, abstained."""

_SIDE: Final = (
    ("approve", r"in favou?r|for|yes|yeas?|yays?|ayes?|approved?|approve|agree|support|pro|\+1s?|\+1 \(binding\)"),
    ("decline", r"against|no|nays?|noes|opposed|oppose|disagree|objections?|objecting|contra|-1s?|−1s?|reject(?:ed)?"),
    ("abstain", r"abstain(?:ed|s|ing)?|abstentions?|abstaining|neutral|[+-]?0s?"),
    ("absent", r"absent|not present|not voting|did not vote|no vote"),
)
_NO_SIDE: Final = r"(?!\s*(?:in favou?r|yes|no\b|against|abstain|for\b|nays?\b|ayes?\b|yeas?\b|opposed|\+1|-1))"
_COUNT_AFTER: Final = {
    side: re.compile(
        rf"(?<![\w+-])(?:{words})\s*(?:votes?)?\s*[:=]?\s*\(?(?P<count>\d{{1,4}})(?!\w){_NO_SIDE}", re.IGNORECASE
    )
    for side, words in _SIDE
}
_COUNT_BEFORE: Final = {
    side: re.compile(
        rf"(?<![\w.])(?P<count>\d{{1,4}}|none|zero|one|two|three)\s*(?:votes?|people|members|were|x|×)?\s*(?:{words})(?![\w])",
        re.IGNORECASE,
    )
    for side, words in _SIDE
}
_NAMED: Final = {
    side: re.compile(
        rf"^(?:{words})\s*(?:votes?)?\s*(?:\((?P<count>\d{{1,4}})\))?\s*[:=–-]\s*(?P<names>\S.*)$", re.IGNORECASE
    )
    for side, words in _SIDE
}
_VOTE_OF: Final = re.compile(
    r"^(?P<name>@?[^\W\d_][\w.'’-]*(?:\s[\w.'’-]+){0,4})\s*(?:\([^()]{0,40}\))?\s*[-–—:=]+\s*"
    r"(?P<vote>yay|yea|yes|aye|approve|in favou?r|for|\+1|nay|no|against|opposed|-1|abstain(?:ed|s)?|abstention|[+-]?0|"
    r"no vote|absent|not present|not on call)\.?$",
    re.IGNORECASE,
)
_VOTE_SIDES: Final = {
    "decline": ("nay", "no", "against", "opposed", "-1"),
    "abstain": ("abstain", "abstained", "abstains", "abstention", "0", "+0", "-0"),
    "absent": ("no vote", "absent", "not present", "not on call"),
}
_SPAN: Final = re.compile(r"\b(\d{1,3})\s*[-–/]\s*(\d{1,3})(?:\s*[-–/]\s*(\d{1,3}))?\b")
_WORDS_TO_NUMBERS: Final = {"none": 0, "zero": 0, "one": 1, "two": 2, "three": 3}
_VOTES: Final = re.compile(
    r"\b(?:vote[sd]?|in favou?r|ayes?|abstain\w*|abstention\w*|against|opposed|nays?|\d+ yes)\b|[+-]1", re.IGNORECASE
)


def read_decisions(lines: Sequence[Line]) -> tuple[list[ReadDecision], list[Note]]:
    """The decisions among the lines of one meeting; their lines stay in the notes of topics as well."""
    found: list[ReadDecision] = []
    notes: list[Note] = []
    in_section = 0
    base = 0
    at = 0
    while at < len(lines) and len(found) < MOST_DECISIONS:
        line = lines[at]
        if line.kind == "heading":
            kind = head_kind(line.plain)
            if kind == "decisions":
                in_section, base = line.level, -1
            elif in_section and line.level <= in_section:
                in_section = 0
            opening = _OPENS.match(line.plain) if kind is None else None
            if (
                opening
                and opening["rest"].strip()
                and opening["word"].lower() not in ("vote", "agreement", "outcome", "conclusion")
            ):
                at = _decision(lines, at, opening["rest"], opening["word"], found, notes)
                continue
            at += 1
            continue
        if line.kind == "row" and in_section and not line.header:
            _row(lines, at, found)
            at += 1
            continue
        if line.kind not in ("bullet", "text"):
            at += 1
            continue
        opening = _OPENS.match(line.plain)
        if in_section and line.kind == "bullet" and opening is None:
            base = line.indent if base < 0 else base
            if line.indent <= base and not _is_vote(line.plain):
                at = _decision(lines, at, line.text, "", found, notes)
                continue
        if opening is not None and _is_decision(opening, line):
            at = _decision(lines, at, opening["rest"], opening["word"], found, notes)
            continue
        at += 1
    return found, notes


def _is_decision(opening: re.Match[str], line: Line) -> bool:
    word, rest = opening["word"].lower(), opening["rest"].strip()
    if word in ("vote", "outcome", "conclusion"):
        return ":" in opening["mark"] and bool(rest)
    if word in ("agreed", "approved", "agreement", "consensus"):
        return bool(rest) and (
            ":" in opening["mark"] or bool(re.match(r"that\b|to\b|unanimously\b", rest, re.IGNORECASE))
        )
    return bool(rest) or line.kind == "bullet" or line.text.rstrip().endswith(":")


def _is_vote(text: str) -> bool:
    return any(pattern.match(text) for pattern in _NAMED.values())


def _row(lines: Sequence[Line], at: int, found: list[ReadDecision]) -> None:
    """A row of a table of decisions: its cells, the last of them perhaps an outcome."""
    cells = [plain(cell).replace("\n", " ") for cell in lines[at].cells]
    text = " – ".join(cell for cell in cells if cell)
    if text:
        found.append(
            ReadDecision(
                text, outcome=_outcome(cells[-1]) if len(cells[-1].split()) <= 4 else "", line=lines[at].number
            )
        )


def _decision(
    lines: Sequence[Line], at: int, text: str, word: str, found: list[ReadDecision], notes: list[Note]
) -> int:
    """Take one decision with the lines that belong to it; returns the place after them."""
    line = lines[at]
    body = [text.strip()] if text.strip() else []
    end = at + 1
    while end < len(lines) and end < at + LOOK_AHEAD:
        after = lines[end]
        if after.kind in ("rule", "row", "code") or (after.kind == "heading" and after.level < BOLD_LEVEL):
            break
        belongs = after.kind == "bullet" and (after.indent > line.indent or line.kind != "bullet")
        trailing = after.kind in ("bullet", "text", "heading") and _follows(after.plain)
        if after.kind == "heading" and not trailing:
            break
        lazy = after.kind == "text" and lines[end - 1].kind != "blank" and not _OPENS.match(after.plain)
        if after.kind == "blank":
            end += 1
            continue
        if _OPENS.match(after.plain) and not trailing:
            break
        if not (belongs and (line.kind == "bullet" or not body or trailing)) and not trailing and not lazy:
            break
        body.append(after.plain)
        end += 1
    whole = " ; ".join(body)
    shown = [one for one in body if not _follows(one)] or body[:1]
    decision = ReadDecision(" ".join(plain(one) for one in shown)[:4_000], line=line.number)
    votes = [plain(one) for one in body]
    decision = _with_votes(decision, votes, notes)
    outcome = next(
        (
            found_
            for one in [*votes[1:], *votes[:1]]
            if (found_ := _outcome_of(one, one is votes[0] if votes else False, word))
        ),
        "",
    )
    if not outcome and word.lower() in (
        "resolved",
        "decided",
        "agreed",
        "approved",
        "decision",
        "resolution",
        "agreement",
        "consensus",
    ):
        outcome = "carried"
    moved, seconded = _MOVED.search(whole) or _NAME_MOVES.search(whole), _SECONDED.search(whole)
    if moved is None and word.lower() in ("motion", "moved"):
        moved = _BY_MOVER.search(whole)
    way = _way(word, decision, bool(moved or seconded), whole)
    decision = replace(
        decision, way=way, outcome=outcome, moved_by=_person(moved), seconded_by=_person(seconded),
    )  # fmt: skip
    if decision.text:
        found.append(decision)
        notes += contradictions(decision)
    return max(end, at + 1)


def _person(hit: re.Match[str] | None) -> str:
    if hit is None:
        return ""
    name = _SENTENCE_ENDS.split(hit["name"], maxsplit=1)[0]
    name = re.sub(r"\s(?:and|seconded|carried|to)$", "", name.strip(" .")).lstrip("@")
    return "" if is_placeholder(name) or name.lower() in ("the", "to", "that", "a", "motion") else name


def _way(word: str, decision: ReadDecision, moved: bool, whole: str) -> str:
    if decision.counts != NO_COUNTS or decision.names != NO_NAMES or word.lower() == "vote":
        return "vote"
    if moved or word.lower() in ("motion", "moved"):
        return "motion"
    if re.search(r"\blazy consensus\b", whole, re.IGNORECASE):
        return "lazy_consensus"
    if word.lower() in ("consensus", "agreed", "agreement") or re.search(
        r"\b(?:consensus|no objections?)\b", whole, re.IGNORECASE
    ):
        return "consensus"
    return ""


def _follows(text: str) -> bool:
    """Whether a line belongs to the decision above it: its votes, its movers, its outcome."""
    bare = text.strip(" *_.")
    if (
        _is_vote(bare)
        or _VOTE_OF.match(bare)
        or re.match(
            r"(?:moved|second|sponsor|motion(?:ed)? (?:by|passe[sd]|carrie[sd]|fail)|proposed by|result|outcome|"
            r"votes?\b|mover)",
            bare,
            re.IGNORECASE,
        )
    ):
        return True
    return (len(bare.split()) <= 6 and bool(_outcome(bare))) or bool(
        len(bare.split()) <= 14 and _VOTES.search(bare) and re.search(r"\d", bare)
    )


def _outcome(text: str) -> str:
    return next((outcome for outcome, pattern in _OUTCOMES if pattern.search(text)), "")


def _outcome_of(text: str, first: bool, word: str) -> str:
    """What became of a decision, by one of its lines; in its own text only where it ends so."""
    if result := _RESULT.search(text):
        return _outcome(result[0])
    if first and word.lower() in ("motion", "moved", "", "resolution", "proposed resolution", "resolved", "decision"):
        tail = re.split(r"[.;,:(–—-]\s*", text.rstrip(" .)"))[-1]
        return _outcome(tail) if len(tail.split()) <= 5 else ""
    return _outcome(text) if len(text.split()) <= 20 else ""


def _with_votes(decision: ReadDecision, rows: Sequence[str], notes: list[Note]) -> ReadDecision:
    counts: dict[str, int] = {}
    names: dict[str, tuple[str, ...]] = {}
    for row in rows:
        if result := _RESULT.search(row):
            counts |= {side: int(number) for side, number in result.groupdict().items()}
            continue
        if not (_VOTES.search(row) or _is_vote(row) or _VOTE_OF.match(row)):
            continue
        pieces = re.split(r"[.;]\s+|\n|,\s+(?=(?:against|in favou?r|abstain)\w*\s*:)", row, flags=re.IGNORECASE)
        for piece in pieces:
            _votes_in(re.sub(r"^\W*(?:votes?|result)\s*:\s*", "", piece.strip(), flags=re.IGNORECASE), counts, names)
    if rows and not counts and any(re.match(r"\W*vote(?:s|d)?\s*:", row, re.IGNORECASE) for row in rows):
        row = next(row for row in rows if re.match(r"\W*vote(?:s|d)?\s*:", row, re.IGNORECASE))
        if (span := _SPAN.search(row)) and not _outcome(row[: span.start()]):
            for side, number in zip(("approve", "decline", "abstain"), span.groups(), strict=True):
                if number is not None:
                    counts[side] = int(number)
        elif not names and not _outcome(row):
            notes.append(note("vote_unclear", decision.line, text=row))
    return replace(
        decision, counts=Counts(**counts) if counts else NO_COUNTS, names=Names(**names) if names else NO_NAMES
    )


def _votes_in(piece: str, counts: dict[str, int], names: dict[str, tuple[str, ...]]) -> None:
    if hit := _VOTE_OF.match(piece):
        side = next((side for side, words in _VOTE_SIDES.items() if hit["vote"].lower() in words), "approve")
        names[side] = (*names.get(side, ()), hit["name"].lstrip("@"))
        return
    for side, pattern in _NAMED.items():
        if hit := pattern.match(piece):
            if hit["count"]:
                counts.setdefault(side, int(hit["count"]))
            said = hit["names"].strip(" .")
            if said.isdigit():
                counts.setdefault(side, int(said))
                return
            if said.lower() in ("none", "nobody", "-", "0", "no one"):
                counts.setdefault(side, 0)
                return
            people = [re.sub(r"\s*\([^()]*\)", "", one).strip(" .*@") for one in split_list(said)]
            people = [one for one in people if one and looks_like_a_name(one)]
            if people and not re.search(r"\d", said):
                names[side] = names.get(side, ()) + tuple(people)
                return
    for side, pattern in (*_COUNT_BEFORE.items(), *_COUNT_AFTER.items()):
        if side not in counts and (hit := pattern.search(piece)):
            word = hit["count"].lower()
            counts[side] = _WORDS_TO_NUMBERS[word] if word in _WORDS_TO_NUMBERS else int(word)


def contradictions(decision: ReadDecision) -> list[Note]:
    """Where counts, names and outcome of a decision do not go together."""
    found: list[Note] = []
    sides: dict[str, str] = {}
    for side in SIDES:
        count, people = getattr(decision.counts, side), getattr(decision.names, side)
        if count is not None and people and count != len(people):
            found.append(note("counts_differ", decision.line, count=count, side=side, named=len(people)))
        twice = [person for person in people if sides.setdefault(folded(person), side) != side]
        found += [note("voted_twice", decision.line, name=person) for person in twice]
    approve = _total(decision, "approve")
    decline = _total(decision, "decline")
    if approve is not None and decline is not None:
        wrong = (decision.outcome == "carried" and approve <= decline) or (
            decision.outcome == "declined" and approve > 2 * decline and approve > 0
        )
        if wrong:
            found.append(
                note("outcome_differs", decision.line, outcome=decision.outcome, approve=approve, decline=decline)
            )
    return found


def _total(decision: ReadDecision, side: str) -> int | None:
    count: int | None = getattr(decision.counts, side)
    if count is not None:
        return count
    people = getattr(decision.names, side)
    return len(people) if people else None


def read_votes(rows: Sequence[str]) -> tuple[Counts, Names]:
    """The votes in lines that are known to be about one decision."""
    decision = _with_votes(ReadDecision(""), rows, [])
    return decision.counts, decision.names


def outcome_in(text: str) -> str:
    """What became of a decision, by a short text such as a status."""
    return _outcome(text) if len(text.split()) <= 12 else ""
