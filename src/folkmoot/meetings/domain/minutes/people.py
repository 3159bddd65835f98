"""People as minutes name them: "Ada Example (@ada, Example Labs) – co-chair", lists with commas, bare handles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from folkmoot.meetings.domain.minutes.lexicon import PLACEHOLDERS, ROLES, SMALL, VERBS
from folkmoot.meetings.domain.minutes.marks import after_initials
from folkmoot.meetings.domain.minutes.model import ReadPerson
from folkmoot.meetings.domain.minutes.plain import links, plain

_HANDLE: Final = re.compile(r"(?<![\w.@/])@([\w](?:[\w.-]{0,60}\w)?)")
_NAME_MENTIONED: Final = re.compile(r"\s*@[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)+\s*(?:$|[(\[–—-])")
_MAIL: Final = re.compile(r"<?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}>?")
_URL: Final = re.compile(r"<?https?://\S+>?")
_BRACKET: Final = re.compile(r"\s*[(\[{]([^()\[\]{}]{0,300})[)\]}]")
_DASH: Final = re.compile(r"\s+(?:[-–—|:=·•]|--|//|→)\s+|\s*[–—]\s*|:\s+")
_INITIALS: Final = re.compile(r"[A-Z]{2,4}[0-9]?|[A-Z]\.?[A-Z]\.?|[a-z][A-Z]{1,2}")
_LETTERS: Final = re.compile(r"[^\W\d_]")
_WORD: Final = re.compile(r"(?:[^\W\d_]+\.)*[^\W\d_]*")
_SENTENCE: Final = re.compile(r"[.!?;]\s|[!?]$|\w\.$")
_MORE: Final = re.compile(
    r"^(?:and\s+|plus\s+|\+\s*|&\s*|~\s*|about\s+|approx(?:imately|\.)?\s+|around\s+|roughly\s+)*"
    r"(?P<count>\d{1,4}|a|one|two|three|four|five|six|seven|eight|nine|ten|several|many|some|few|a few|various|"
    r"numerous)\+?\s*(?P<what>(?:more|other|others|guests?|people|persons?|attendees?|observers?|participants?|anonymous|community|"
    r"callers?|unidentified|unknown|additional|members?|online|remote|in|from|on|the|phone|public|folks|dial-?ins?|"
    r"unnamed|users?)(?:\s+\S+){0,4})\.?$",
    re.IGNORECASE,
)
_AND_BESIDES: Final = re.compile(r"\s+(?:y|e|en)\s+")
"""Words for "and" that stand in names as well: "Ortega y Gasset"."""
_NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    )
} | {"a": 1}
_AND: Final = re.compile(r"\s+(?:and|und|et(?! al\b)|&)\s+|\s+&\s*", re.IGNORECASE)
_WIDE: Final = {ord("、"): ",", ord("，"): ",", ord("；"): ";", ord("・"): ","}
_AFTER_NAMES: Final = frozenset(
    ("jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "cpa", "mba", "msc", "bsc", "dds", "llm", "jd", "rn", "pe")
)
"""What stands behind a comma and belongs to the name before it."""
LONGEST_NAME: Final = 60


def folded(name: str) -> str:
    """A name for comparing: lower case, without accents, dots and double spaces."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(char for char in bare if not unicodedata.combining(char))
    return " ".join(kept.replace(".", " ").split())


def is_placeholder(text: str) -> bool:
    """Whether an entry only holds the place for a name."""
    bare = text.strip().lower().strip("*_`[]<>{}").strip()
    return bare in PLACEHOLDERS or not _LETTERS.search(bare) or bool(re.fullmatch(r"[\[<{].{0,40}[\]>}]", text.strip()))


def more_people(text: str) -> int | None:
    """How many unnamed people an entry such as "and 3 others" means; 0 where it says several."""
    hit = _MORE.match(plain(text).strip(" .()[]"))
    if hit is None:
        return None
    word = hit["count"].lower()
    if word.isdigit():
        return int(word)
    return _NUMBERS.get(word, 0)


def split_list(text: str) -> list[str]:
    """The entries of a list in a line, parted by commas or semicolons that stand in no brackets."""
    depth = 0
    parts: list[str] = []
    current: list[str] = []
    bare = re.sub(r"\s+[·•|]\s+", ", ", text.strip()) if "," not in text else text.strip()
    if not bare.isascii():
        bare = bare.translate(_WIDE)
    separators = ";" if _outside(bare, ";") >= 1 and _outside(bare, ",") >= 1 else ",;"
    for char in bare:
        if char in "([{":
            depth += 1
        elif char in ")]}":
            depth = max(0, depth - 1)
        if (char in separators and not depth) or char == "\n":
            parts.append("".join(current))
            current = []
        else:
            current.append(char)
    parts.append("".join(current))
    if len(parts) > 1 and re.search(r"[^\W\d_]{3}\.$", parts[-1]):
        parts[-1] = parts[-1][:-1]  # the end of a sentence, not of a name
    found: list[str] = []
    for part in parts:
        if found and part.lower().replace(".", "").strip() in _AFTER_NAMES:
            found[-1] += f", {part.strip()}"
        else:
            found.extend(_by_and(part.strip()))
    return [part for part in found if part]


def _outside(text: str, char: str) -> int:
    depth = count = 0
    for one in text:
        depth += (one in "([{") - (one in ")]}")
        count += one == char and depth <= 0
    return count


def _by_and(part: str) -> Iterator[str]:
    """`Ada and Ben` is two people; `R and D (Example)` stays, as do `and 3 others`."""
    part = re.sub(r"^(?:and|und|et(?! al\b)|&)\s+", "", part, flags=re.IGNORECASE)
    if _MORE.match(part.strip(" .")):
        yield part
        return
    if len(handles := _only_handles(part)) > 1:
        yield from handles
        return
    outside = _BRACKET.sub("", part)
    if (joined := _AND_BESIDES.split(part)) and len(joined) == 2:
        words = [len(_BRACKET.sub("", piece).split()) for piece in joined]
        if (min(words) >= 2 or words == [1, 1]) and all(looks_like_a_name(_BRACKET.sub("", piece)) for piece in joined):
            yield from joined
            return
    if _AND.search(outside) and "(" not in part[: part.lower().find(" and ")] + "":
        pieces = [piece.strip() for piece in _AND.split(part)]
        if all(looks_like_a_name(_BRACKET.sub("", piece)) or _MORE.match(piece) for piece in pieces):
            for piece in pieces:
                yield from _only_handles(piece) or [piece]
            return
    elif _AND.search(outside):
        pieces = [piece.strip() for piece in _AND.split(part)]
        if all(looks_like_a_name(_BRACKET.sub("", piece)) for piece in pieces):
            for piece in pieces:
                yield from _only_handles(piece) or [piece]
            return
    yield part


def _only_handles(text: str) -> list[str]:
    """`@ada @ben` as its handles; nothing where there is more than handles."""
    rest = _HANDLE.sub("", text).strip(" ,;/|&-*")
    return [] if rest else [f"@{handle}" for handle in _HANDLE.findall(text)]


def looks_like_a_name(text: str) -> bool:
    """Whether a text may well be the name or handle of one person."""
    text = text.strip().strip("*_,")
    if not text or len(text) > LONGEST_NAME or not _LETTERS.search(text) or "://" in text:
        return False
    words = text.split()
    if len(words) > 6 or (
        _SENTENCE.search(text.replace("Dr.", "Dr").replace("Jr.", "Jr"))
        and not all(_WORD.fullmatch(word) for word in words)
    ):
        return False
    if {word.lower() for word in words} & VERBS:
        return False
    if len(words) == 1:
        return True
    capital = sum(
        word[0].isupper() or not word[0].isascii() or word.lower() in SMALL or word[0] in "\"'(@" for word in words
    )
    return capital >= len(words) - 1 or (len(words) <= 3 and text == text.lower())


def read_person(text: str, line: int, *, role: str = "", guest: bool = False) -> ReadPerson | None:
    """One person from an entry; None where nothing is left that could name anybody.

    What follows a dash and stands in brackets is a handle, initials, a role or else the affiliation.
    """
    address = next((url for _, url in links(text) if "github.com/" in url or "gitlab.com/" in url), "")
    bare = _URL.sub(" ", plain(text)).replace("\n", " ")
    handle = ""
    brackets: list[str] = []
    if slashes := _by_slashes(bare):
        bare, brackets = slashes[0], slashes[1:]
    if _NAME_MENTIONED.match(bare):
        bare = bare.replace("@", "", 1)  # "@Ada Example" is a name, as it is mentioned in some wikis
    elif hit := _HANDLE.search(_BRACKET.sub(" ", bare)):
        handle = hit[1]
        bare = bare.replace(hit[0], " ", 1)
    initials = ""
    if swapped := after_initials(bare.strip()):
        initials, bare = swapped
        name, _, beside = bare.partition(",")
        bare, brackets = name, [*brackets, *filter(None, [beside.strip()])]
    before, inside, after = _by_brackets(_MAIL.sub(" ", bare))
    name, *rest = _DASH.split(before or after, maxsplit=3)
    brackets += [*rest, *inside, *([after] if before else [])]
    affiliations: list[str] = []
    roles = [role] if role else []
    for said in brackets:
        for piece in re.split(r"\s*[,;/]\s*|\s+-\s+", _MAIL.sub("", said).strip()):
            piece = piece.strip(" .-–—:*")
            if not piece:
                continue
            if hit := _HANDLE.fullmatch(piece):
                handle = handle or hit[1]
            elif _is_role(piece):
                roles.append(piece)
                guest = guest or bool({"guest", "observer", "visitor", "invited"} & set(piece.lower().split()))
            elif _INITIALS.fullmatch(piece) and _fits(piece, name):
                initials = initials or piece
            else:
                affiliations.append(piece.removeprefix("@ "))
    name = " ".join(name.split()).strip(" .,;:-–—*+|/\"'").strip()
    if not handle and address and (found := re.search(r"git(?:hub|lab)\.com/([\w-]{1,40})/?$", address)):
        handle = found[1]
    if not name and not handle:
        return None
    return ReadPerson(
        name[:200], handle, ", ".join(affiliations)[:200], ", ".join(dict.fromkeys(roles))[:200], guest, initials, line
    )  # fmt: skip


def _by_brackets(text: str) -> tuple[str, list[str], str]:
    """What stands before the first brackets, in brackets, and after the first."""
    first = _BRACKET.search(text)
    if first is None:
        return text.strip(), [], ""
    inside = [hit[1] for hit in _BRACKET.finditer(text)]
    return (
        text[: first.start()].strip(),
        inside,
        " ".join(_BRACKET.sub(" ", text[first.end() :]).split()).strip(" -–—:,"),
    )


def _by_slashes(text: str) -> list[str]:
    """`Ada Example / Example Labs / @ada` as its parts."""
    parts = [part.strip() for part in re.split(r"\s+/\s*|\s*/\s+|\s+\|\s+", text)]
    return parts if len(parts) >= 2 and all(parts) else []


def _is_role(piece: str) -> bool:
    words = [word.strip(".,") for word in piece.lower().replace("co-", "").split()]
    if not words:
        return False
    if words[0] in (
        "proxy",
        "alternate",
        "substitute",
        "on",
        "left",
        "joined",
        "arrived",
        "until",
        "from",
        "partial",
        "audio",
        "via",
        "late",
        "until",
    ):
        return (
            words[0] not in ("from", "on")
            or (len(words) > 1 and any(char.isdigit() for char in piece))
            or words[:2] == ["on", "irc"]
        )
    return all(word in ROLES or word in ("the", "of", "and", "&", "only", "for", "vice") for word in words)


def _fits(initials: str, name: str) -> bool:
    """Whether initials go with a name: they begin as it does, and are made of its letters."""
    first = folded(name)[:1]
    return bool(first) and folded(initials)[:1] == first and not name.isupper()
