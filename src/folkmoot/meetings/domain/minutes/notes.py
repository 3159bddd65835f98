"""The words of notes. A code never changes; its words may."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from folkmoot.meetings.domain.minutes.model import Note, Severity

_WORDS: Final[Mapping[str, tuple[Severity, str]]] = {
    # the file
    "not_text": ("open", "This is no text that we can read; save it as Markdown in UTF-8."),
    "empty": ("open", "There is nothing in this file."),
    "cut_off": ("open", "Only the first {most} were read; split the file up."),
    "long_line": ("open", "This line is longer than {most:,} characters; only its beginning was looked at."),
    "encoding_guessed": ("info", "The file is not in UTF-8; it was read as {encoding}."),
    "changed_by_hand": ("info", "The file is in our own form but was changed by hand; it was read as it stands."),
    "form_broken": (
        "open",
        "The file says that it is in our own form, but it is not: {why}. It was read as any other.",
    ),
    "several_meetings": ("info", "There are {count} meetings in this file."),
    # the date
    "no_date": ("open", "No date was found."),
    "date_ambiguous": ("open", "“{text}” is {first} or {second}, depending on where it was written."),
    "date_order_inferred": ("open", "“{text}” was read as {day}, as other dates of this file have that order."),
    "date_impossible": ("open", "“{text}” is no day of the calendar."),
    "date_in_two_digits": ("open", "“{text}” was read as {day}; the year has two digits only."),
    "day_missing": ("open", "“{text}” does not say which day."),
    "year_missing": ("open", "“{text}” does not say which year, and neither does the name of the file."),
    "year_inferred": ("open", "“{text}” does not say which year; {day} was taken from {source}."),
    "dates_differ": ("open", "The date is {day} by {source}, but {other} by {other_source}."),
    "date_from_text": ("open", "The date {day} was found in the text, not in a title or beside a word such as Date."),
    "another_day": ("open", "“{text}” stands further down: these may be the notes of more than one meeting."),
    "date_unlikely": ("open", "The year {year} is an unlikely one."),
    "weekday_differs": ("open", "{day} is a {weekday}, not a {said}."),
    "several_days": ("info", "The meeting went from {first} to {last}."),
    "dates_not_in_order": ("info", "The meetings of this file are not in the order of their dates."),
    "same_date_twice": ("open", "There are two meetings on {day} in this file."),
    # who was there
    "no_attendance": ("open", "The minutes do not say who was there."),
    "nobody_named": ("open", "There is a place for who was there, but nobody is named in it."),
    "nobody_marked": ("open", "There is a table of people, but nobody is marked as present."),
    "nobody_ticked": ("open", "There is a list of people with boxes, but no box is ticked."),
    "mark_unknown": ("open", "“{text}” beside {name} may not have been understood as to whether they were there."),
    "not_ticked": ("info", "{name} is not ticked, and was not counted as present."),
    "not_marked": ("info", "{name} is not marked as present, and was not counted."),
    "struck_out": ("info", "{name} is struck out, and was not counted as present."),
    "columns_guessed": (
        "open",
        "The table of people has no heading that we know; its first column was taken for names.",
    ),
    "commas_unclear": ("open", "It is not clear whether “{text}” is one person or several."),
    "line_not_a_person": ("open", "“{text}” stands among the people but does not look like a name."),
    "name_unlikely": ("open", "“{text}” was taken for a person, but is an unlikely name."),
    "nested_people": ("open", "What stands below “{text}” was not taken for people."),
    "attendance_hidden": ("open", "People are named in a comment that readers do not see; they were not counted."),
    "attendance_elsewhere": ("open", "Who was there is kept elsewhere: {url}"),
    "attendance_guessed": (
        "open",
        "These names stand without a word such as Present; they were taken for who was there.",
    ),
    "list_again": ("open", "“{text}” stands more than once, as if there were more than one meeting."),
    "sign_missing": ("open", "Some people have a sign for being there or not, others have none."),
    "key_of_signs": ("open", "“{text}” explains signs that were not understood; everybody was counted."),
    "names_beside": ("open", "“{text}” stands beside the people, but we do not know whether they were there."),
    "listed_elsewhere": ("open", "“{text}” stands among the people, but does not say that they were there."),
    "group_named": ("info", "“{text}” is a group, and was not counted."),
    "said_absent": ("info", "“{text}” was read as somebody who was absent."),
    "perhaps_absent": ("open", "“{text}” was counted as present, but it may mean something else."),
    "only_one": ("open", "Only one person is named as present."),
    "several_lists": ("info", "People are listed in {count} places; they were put together."),
    "unnamed_unclear": ("open", "“{text}” does not say how many."),
    "unnamed_counted": ("info", "“{text}” was counted as {count} people without names."),
    "count_differs": ("open", "The minutes speak of {stated} people, but name {listed}."),
    "count_only": ("open", "The minutes say that {stated} people were there, and name nobody."),
    "person_twice": ("open", "{name} is named twice among those present, and was counted once."),
    "maybe_twice": ("open", "{name} and {other} may be the same person."),
    "present_and_absent": ("open", "{name} is named among those present and among those absent."),
    "role_not_listed": ("open", "{name} is named as {role}, but not among those present."),
    "instruction": ("info", "“{text}” is a hint for writing, and was left out."),
    # decisions, actions
    "counts_differ": ("open", "The vote counts {count} for “{side}”, but names {named}."),
    "outcome_differs": (
        "open",
        "The decision is said to be {outcome}, but {approve} were for it and {decline} against.",
    ),
    "voted_twice": ("open", "{name} is named on two sides of one vote."),
    "vote_unclear": ("open", "This vote was not understood: “{text}”."),
    "outcome_unknown": ("info", "It is not said what became of “{text}”."),
    "no_owner": ("info", "Nobody is named for “{text}”."),
    "number_differs": ("open", "The number is {number} by the title, but {other} by the name of the file."),
    "no_number": ("open", "No number was found."),
    # the rest
    "no_items": ("info", "No topics were found."),
    "comment_left_out": ("info", "A comment that readers do not see was left out."),
    "too_many": ("open", "There are more than {most:,} {what} here; the rest was left out."),
}

CODES: Final = frozenset(_WORDS)
_LONGEST: Final = 120


def note(code: str, line: int, **values: object) -> Note:
    """A note with its words; texts in it are cut to a readable length."""
    severity, words = _WORDS[code]
    shown = {key: _cut(value) if isinstance(value, str) else value for key, value in values.items()}
    return Note(code, line, words.format(**shown), severity)


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
