"""Who is named in a text: for minutes under the Chatham House Rule, in which nobody may be.

`find_mentions` looks for everything by which known people could be recognised, in every text of every channel that
is about to be published. A hit is `sure`, or `weak` where it may well be another word (a given name alone).
`proposed_public` takes speakers out of a text; `cleared` takes out all that was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from folkmoot.meetings.domain.folding import Folded, Word, fold, folded

Kind = Literal["name", "part", "initials", "handle", "address", "employer"]

EXCERPT: Final = 40
"""Characters of an excerpt on either side of a hit."""
SPEAKER: Final = "One participant"
NEUTRAL: Final[Mapping[Kind, str]] = {
    "name": "one participant",
    "part": "one participant",
    "initials": "one participant",
    "handle": "one participant",
    "address": "an address",
    "employer": "an organisation",
}

_TOKEN: Final = re.compile(r"[^\W_]+")
_BETWEEN: Final = re.compile(r"[\s.\-'>|/()+@,]{0,12}")
_CLOSE: Final = re.compile(r"[\s.\-'>|/()]{0,12}")
_UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_LINE_START: Final = re.compile(r"[\s>*_`~#+\-•\d.)(\[\]:|]*")
_AFTER_SPEAKER: Final = re.compile(
    r"[\s*_`~\])]{0,6}(?:\([^()\n]{0,80}\)|\[[^\[\]\n]{0,80}\])?[\s*_`~]{0,6}(?::|–|—|-\s|>\s|\]|(?:said|says|asked|noted|added|replied)\b)"
)
_INITIALS: Final = re.compile(
    r"(?m)^[\s>*_`~#+\-•\[(]*(?P<all>[^\W\d_]{2,4}(?:\s?[/,&+]\s?[^\W\d_]{2,4}){0,4})[\])*_`~]*\s?:"
    r"|[(\[](?P<inside>[^\W\d_]{2,4}(?:\s?[/,&+]\s?[^\W\d_]{2,4}){0,4})[)\]]"
)
_ONE_OF: Final = re.compile(r"[^\W\d_]{2,4}")
_FORMS: Final = frozenset(
    [
        "inc",
        "ltd",
        "llc",
        "gmbh",
        "ag",
        "kg",
        "corp",
        "corporation",
        "co",
        "company",
        "plc",
        "bv",
        "nv",
        "sa",
        "srl",
        "oy",
        "ab",
        "as",
        "foundation",
        "e",
        "v",
        "ev",
    ]
)
_SMALL: Final = frozenset(["van", "von", "der", "den", "de", "di", "da", "du", "la", "le", "del", "bin", "al"])


@dataclass(frozen=True, slots=True)
class Known:
    """A person who could be recognised. `names` are whole names, also the one somebody prefers."""

    key: str
    names: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A mention of somebody: `start` and `end` are places in the text of its channel, `line` counts from 1."""

    channel: str
    key: str
    kind: Kind
    start: int
    end: int
    line: int
    sure: bool
    speaker: bool
    excerpt: str


@dataclass(frozen=True, slots=True)
class _Sought:
    """A sequence of words to be found. `loose` ones may have other signs between them than a name has."""

    words: tuple[str, ...]
    key: str
    kind: Kind
    sure: bool
    loose: bool = False


@dataclass(frozen=True, slots=True)
class _Index:
    """All that is sought, by its first word; initials by their letters; names of scripts without spaces."""

    by_word: Mapping[str, tuple[_Sought, ...]]
    initials: Mapping[str, tuple[str, ...]]
    unspaced: tuple[tuple[str, str], ...]


def find_mentions(people: Iterable[Known], texts: Mapping[str, str]) -> tuple[Hit, ...]:
    """Every mention of the people in the texts, by channel and place."""
    index = _index(people)
    found: list[Hit] = []
    for channel, text in texts.items():
        found.extend(_in_text(channel, text, index))
    return tuple(found)


def proposed_public(text: str, hits: Iterable[Hit]) -> str:
    """The text with neutral words for each speaker, and the rest as it is. `hits` are those of this text."""
    return _replaced(text, [hit for hit in hits if hit.speaker])


def cleared(text: str, hits: Iterable[Hit]) -> str:
    """The text with neutral words for everything that was found in it."""
    return _replaced(text, list(hits))


def _replaced(text: str, hits: Sequence[Hit]) -> str:
    parts: list[str] = []
    at = 0
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if hit.start < at:
            continue
        start = _before_sign(text, 0, hit.start) if hit.kind == "handle" else hit.start
        while "*" in text[hit.start : hit.end] and start > at and text[start - 1] == "*":
            start -= 1
        parts += [text[at : max(at, start)], SPEAKER if hit.speaker else NEUTRAL[hit.kind]]
        at = hit.end
    return "".join([*parts, text[at:]])


# What is sought


def _index(people: Iterable[Known]) -> _Index:
    by_word: dict[str, dict[_Sought, None]] = {}
    initials: dict[str, dict[str, None]] = {}
    unspaced: dict[tuple[str, str], None] = {}
    for person in people:
        for one in _sought(person):
            by_word.setdefault(one.words[0], {})[one] = None
        for name in person.names:
            for letters in _initials(name):
                initials.setdefault(letters, {})[person.key] = None
            bare = "".join(_TOKEN.findall(folded(name)))
            if _UNSPACED.search(bare):
                unspaced[bare, person.key] = None
    return _Index(
        {word: tuple(sought) for word, sought in by_word.items()},
        {letters: tuple(keys) for letters, keys in initials.items()},
        tuple(unspaced),
    )


def _sought(person: Known) -> Iterator[_Sought]:
    for name in person.names:
        yield from _of_name(tuple(_TOKEN.findall(folded(name))), person.key)
    for handle in person.handles:
        words = tuple(_TOKEN.findall(folded(handle)))
        if words:
            clear = len(words) > 1 or len(words[0]) > 4 or any(char.isdigit() for char in words[0])
            yield _Sought(words, person.key, "handle", clear)
            if len(words) > 1:
                yield _Sought(("".join(words),), person.key, "handle", sure=True)
    for address in person.addresses:
        words = tuple(_TOKEN.findall(folded(address)))
        if len(words) > 1:
            yield _Sought(words, person.key, "address", sure=True, loose=True)
            local, _, domain = address.partition("@")
            said = (*_TOKEN.findall(folded(local)), "at", *folded(domain).replace(".", " dot ").split())
            yield _Sought(said, person.key, "address", sure=True, loose=True)
    for employer in person.employers:
        words = tuple(_TOKEN.findall(folded(employer)))
        if words:
            yield _Sought(words, person.key, "employer", sure=True, loose=True)
            short = tuple(word for word in words if word not in _FORMS)
            if short and short != words:
                yield _Sought(short, person.key, "employer", sure=True, loose=True)


def _of_name(words: tuple[str, ...], key: str) -> Iterator[_Sought]:
    if not words:
        return
    yield _Sought(words, key, "name", sure=True)
    if len(words) == 1:
        return
    first, last = words[0], words[-1]
    for variant in (
        (first, last),
        (*words[1:], first),
        (last, first),
        (first[0], last),
        (first, last[0]),
        ("".join(words),),
        (first + last,),
    ):
        if all(variant) and variant != words:
            yield _Sought(variant, key, "name", sure=len(variant[-1]) > 1, loose=variant[-1] == first)
    for word in words:
        if len(word) > 1 and word not in _SMALL:
            yield _Sought((word,), key, "part", sure=False)


def _initials(name: str) -> Iterator[str]:
    words = [word for word in _TOKEN.findall(folded(name)) if word]
    if len(words) > 1:
        yield "".join(word[0] for word in words)[:4]
        yield words[0][0] + words[-1][0]
        yield words[0][0] + words[-1][:2]


# Where it is found


def _in_text(channel: str, text: str, index: _Index) -> list[Hit]:
    whole = fold(text)
    found = list(_in_folded(channel, text, whole, index))
    for start, end in whole.targets:
        found += _in_folded(channel, text, fold(text, start, end), index)
    found += _initials_in(channel, text, index)
    return _without_parts(found)


def _in_folded(channel: str, text: str, whole: Folded, index: _Index) -> Iterator[Hit]:
    words = whole.words()
    for place, word in enumerate(words):
        for sought in index.by_word.get(word.text, ()):
            last = _matched(whole, words, place, sought)
            if last is not None:
                yield _hit(channel, text, whole, word.start, last.end, sought)
    for bare, key in index.unspaced:
        at = whole.text.find(bare)
        while at >= 0:
            yield _hit(channel, text, whole, at, at + len(bare), _Sought((bare,), key, "name", sure=True))
            at = whole.text.find(bare, at + len(bare))


def _matched(whole: Folded, words: Sequence[Word], place: int, sought: _Sought) -> Word | None:
    """The last word of a match that begins at a place; a middle initial may stand within a name."""
    between = _BETWEEN if sought.loose else _CLOSE
    last = words[place]
    for wanted in sought.words[1:]:
        place += 1
        if (
            sought.kind == "name"
            and place + 1 < len(words)
            and len(words[place].text) == 1
            and words[place].text != wanted
        ):
            place += 1
        if place >= len(words) or words[place].text != wanted:
            return None
        gap = whole.text[last.end : words[place].start]
        if len(gap) > 14 or not (between.fullmatch(gap) or re.fullmatch(r"[\s.]{0,6}\w?[\s.]{0,6}", gap)):
            return None
        last = words[place]
    return last


def _hit(channel: str, text: str, whole: Folded, first: int, end: int, sought: _Sought) -> Hit:
    start = whole.places[first]
    stop = _end_in_text(text, whole, end)
    at_sign = text[start - 1 : start] == "@" if start else False
    kind = "handle" if at_sign and sought.kind in ("part", "name") else sought.kind
    speaker = kind != "employer" and _speaks(text, start, stop)
    return _made(channel, text, sought.key, kind, start, stop, sought.sure or at_sign or speaker, speaker)


def _end_in_text(text: str, whole: Folded, end: int) -> int:
    """The place after a folded character: after its reference, its accents and marks that belong to the word."""
    last, following = whole.places[end - 1], whole.places[end]
    if following - last <= 1:
        return following
    stop = last + 1
    if text[last] == "&" and (hit := re.compile(r"&[^;\s]{1,32};").match(text, last)):
        stop = hit.end()
    while stop < following and not text[stop].isspace() and text[stop] not in "*_`~[]<\\":
        stop += 1
    return stop


def _speaks(text: str, start: int, end: int) -> bool:
    """Whether a mention stands where a speaker stands: at the beginning of a line, with a colon or a dash after it."""
    line = text.rfind("\n", 0, start) + 1
    if start - line > 60 or _LINE_START.fullmatch(text, line, _before_sign(text, line, start)) is None:
        return False
    return _AFTER_SPEAKER.match(text, end, min(len(text), end + 200)) is not None


def _before_sign(text: str, line: int, start: int) -> int:
    """The place before a mention, without the sign of a handle."""
    return start - 1 if start > line and text[start - 1] == "@" else start


def _initials_in(channel: str, text: str, index: _Index) -> Iterator[Hit]:
    for hit in _INITIALS.finditer(text):
        group = "all" if hit["all"] else "inside"
        for one in _ONE_OF.finditer(text, hit.start(group), hit.end(group)):
            for key in index.initials.get(folded(one[0]), ()):
                speaker = group == "all" and one.start() == hit.start(group)
                if one[0].isupper():
                    yield _made(channel, text, key, "initials", one.start(), one.end(), group == "all", speaker)


def _made(channel: str, text: str, key: str, kind: Kind, start: int, end: int, sure: bool, speaker: bool) -> Hit:
    around = " ".join(text[max(0, start - EXCERPT) : end + EXCERPT].split())
    return Hit(channel, key, kind, start, end, text.count("\n", 0, start) + 1, sure, speaker, around)


def _without_parts(found: Sequence[Hit]) -> list[Hit]:
    """Hits without those that a longer and sure one covers, each once, in their order."""
    kept: list[Hit] = []
    covering: list[Hit] = []
    for hit in sorted(set(found), key=lambda hit: (hit.start, -hit.end, not hit.sure, hit.kind, hit.key)):
        covering = [one for one in covering if one.end > hit.start]
        longer = any(
            one.start <= hit.start and hit.end <= one.end and (one.end - one.start > hit.end - hit.start)
            for one in covering
        )
        same = any((one.start, one.end, one.key) == (hit.start, hit.end, hit.key) for one in covering)
        if longer or same:
            continue
        kept.append(hit)
        if hit.sure:
            covering.append(hit)
    return kept
