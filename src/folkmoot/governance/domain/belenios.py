"""An election as Belenios takes it in, for contested ones: its questions, and who may vote. Pure.

Belenios reads a template of questions as JSON and a list of voters with one address a line, optionally followed by a
login. A ranking is a question of its `NonHomomorphic` kind: voters answer with ranks, which are shuffled and then
opened one by one. Approvals and single choices are added up without being opened.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from folkmoot.governance.domain.counting.methods import Method
from folkmoot.kit.errors import Refused

ADDED_UP: Final = {Method.APPROVAL, Method.PLURALITY, Method.YES_NO}
LONGEST_LINE: Final = 320


@dataclass(frozen=True)
class Question:
    """One contest: what is asked, the answers, how it is counted."""

    title: str
    answers: tuple[str, ...]
    method: Method


def template(name: str, words: str, questions: Sequence[Question], *, administrator: str) -> str:
    """The template of an election, as one line of JSON."""
    return json.dumps(
        {
            "description": words,
            "name": name,
            "questions": [_question(question) for question in questions],
            "administrator": administrator,
            "credential_authority": "server",
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _question(question: Question) -> dict[str, Any]:
    value: dict[str, Any] = {"answers": list(question.answers), "question": question.title}
    if question.method not in ADDED_UP:
        return {"type": "NonHomomorphic", "value": value}
    most = len(question.answers) if question.method == Method.APPROVAL else 1
    # Nothing chosen is a blank ballot there, and no opinion here.
    return {"type": "Homomorphic", "value": {**value, "blank": True, "min": 1, "max": most}}


def voters(addresses: Iterable[str]) -> str:
    """The list of voters, sorted, each address once whatever its case. Refused for one that would not be one line."""
    found: dict[str, str] = {}
    for address in addresses:
        if not address or len(address) > LONGEST_LINE or any(letter in address for letter in ",\r\n\0"):
            raise Refused("An address of the roll cannot be written into a list of voters.", code="wrong_address")
        found.setdefault(address.casefold(), address)
    return "".join(f"{found[key]}\n" for key in sorted(found))


def belenios_way(method: Method, places: int) -> str:
    """How Belenios itself would count what it opened, in a sentence for whoever sets it up."""
    if method in ADDED_UP:
        return "Belenios adds the choices up; those chosen most often are elected."
    if method == Method.SCHULZE:
        return "Choose Condorcet-Schulze as the counting method."
    if method in (Method.SCORE, Method.STAR):
        return "Belenios knows no such scores: count the opened ballots here."
    return (
        f"Choose Single Transferable Vote with {places} seats, or count the opened ballots here by the rules you know."
    )
