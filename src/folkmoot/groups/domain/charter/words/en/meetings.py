"""How English speaks of meetings."""

from __future__ import annotations

from typing import Final

from folkmoot.groups.domain.charter.words.en.grammar import GROUP
from folkmoot.groups.domain.charter.words.vocabulary import MeetingWords

WORDS: Final = MeetingWords(
    meeting_nouns=(
        r"(?:meetings?|calls?|teleconferences?|telecons?|telcons?|syncs?|sync-ups?|stand-?ups?|"
        r"office hours?|sessions?|"
        r"video ?conferences?|conference calls?|meetups?|gatherings?|check-ins?|plenar(?:y|ies)|town halls?|retros?|"
        r"huddles?|hangouts?|f2fs?|coffee hours?|coffees?|triage|co-working|coworking)"
    ),
    meeting_verbs=(
        r"(?:meets?|gathers?|convenes?|come together|comes together|get together|gets together|"
        r"connects? live|"
        r"syncs? up|are held|is held|take place|takes place|held|occurs?|happens?|hosts?|runs?|holds?|scheduled)"
    ),
    special_meetings=(
        r"\b(?:office hours?|stand-?ups?|triage|retros?|town halls?|plenar(?:y|ies)|coffee (?:hours?|"
        r"chats?)|all-hands|"
        r"face-to-face|f2f|in-person|annual general meeting|agm|co-?working|kick-?off|planning meetings?)\b"
    ),
    own_meetings=(
        rf"\b{GROUP} (?:\w+ ){{0,6}}(?:meets?|gathers?|convenes?|(?:come|comes|get|gets) together|holds?|"
        rf"has|have|hosts?|runs?)\b"
        r"|\b(?:our|the|regular|public|open|group|wg|sig|team|community|working group|project|"
        r"all) (?:[\w-]+ ){0,3}(?:meetings?|calls?|syncs?|teleconferences?|"
        r"sessions?)(?: \w+){0,2}? (?:are|is|takes?|happens?|occurs?|will be|shall be)\b"
        r"|\b(?:conducts?|holds?|hosts?|runs?) (?:[\w-]+ ){0,5}(?:meetings?|calls?|sessions?|office hours)\b"
    ),
    meeting_label=r"\b(?:meetings?|calls?|syncs?|teleconferences?|office hours|cadence|telcon|stand-?ups?)\b",
    ended=(
        r"\b(?:no longer|discontinued|cancelled|canceled|paused|suspended|ceased|stopped meeting|"
        r"on hiatus|inactive)\b"
    ),
    until=r"\b(?:until|till|through|ended in) (?:\w+ ){0,3}(?P<year>(?:19|20)\d\d)\b",
    not_duration=(
        r"^ ?(?:before|prior|notice|in advance|after|ahead|window|earlier|later|response|deadline|"
        r"of notice|business)"
    ),
    not_meetings=(
        r"(?:newsletters?|reports?|reporting|surveys?|agendas?|minutes|notes|reviews?|elections?|updates?|"
        r"summar(?:y|ies)|"
        r"invit(?:e|es|ations?)|reminders?|assess\w*|retrospectives?|releases?|posts?|digests?|blogs?|emails?|e-mails?|"
        r"polls?|audits?|rotat\w+|budgets?|dues|votes?|terms?|backups?|builds?|announce\w*|publish\w*|check in with)"
    ),
    another_meets=(
        r"\b(?P<who>toc|tsc|tac|board|steering committee|technical plenary|tpac|parent \w+|other groups?|"
        r"subprojects?|sub-?groups?|each (?:team|project|subproject))\b (?!and )(?:\w+ ){0,2}?"
        r"(?:meets?|holds?|gathers?|convenes?|has|have|calls?|meetings?)\b"
    ),
    another_groups=(
        r"\b(?:toc|tsc|tac|the board|steering committee|tpac|technical plenary|parent|their own|"
        r"other groups?|subprojects?|"
        r"attend(?:s|ing)?|announce|present(?:ation)?s? at|updates? to|reports? to|liaise|check in with)\b"
    ),
)
