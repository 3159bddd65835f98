"""Tables of words by which minutes are understood; `words` looks them up."""

from __future__ import annotations

from typing import Final

from folkmoot.meetings.domain.minutes import languages


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split("|"))


PRESENT: Final = languages.PRESENT | _words(
    """
    attendance attended attendee attendees attendence attending joined joining participant participants participated
    participating present rollcall who
    """
)
PRESENT_PHRASES: Final = _phrases(
    """
    in attendance | roll call | who was here | who is here | whos here | who's here | who attended | who was there |
    who is attending | who joined | on the call | people present | sign in | sign-in | people on the call | persons
    present | who are you | on call | attendee list | list of attendees | list of participants
    """
)
GROUPS: Final = languages.GROUPS | _words(
    """
    advisors approvers board chairs committee committers community contributors core council delegates director
    directors editors ex-officio governing lead leads maintainer maintainers member members name names
    non-voting nonvoting officers organisers organizers other others people representatives reviewers sig sponsors
    staff steering stewards tac tc team technical toc trustees tsc voting wg
    """
)
"""Groups of people, which say that these were there only where attendance is spoken of."""
GUESTS: Final = languages.GUESTS | _words(
    """
    audience guest guests invited observer observers public visitor visitors
    """
)
ABSENT: Final = languages.ABSENT | _words(
    """
    absence absences absent absentees absents apologies apology excused missing regret regrets unexcused
    """
)
ABSENT_PHRASES: Final = (
    *languages.ABSENT_PHRASES,
    *_phrases(
        """
    not present | not attending | unable to attend | sent regrets | could not attend | couldn't attend | did not
    attend | not in attendance | sends regrets | sent apologies | apologies from | regrets from | cannot attend |
    can't attend
    """
    ),
)
FILL: Final = languages.FILL | _words(
    """
    & + - / 1 2 3 a actual add affiliation all alphabetical alphabetically also and anyone are arrived at by call
    calls channel company confirmed count day dial-in dialin early etherpad everybody everyone f2f first for from
    full github gone had handle handles hangout here id ids in irc irl is late left list local locally log meeting
    meetings minutes name names notes number of on one online or order organisation organization part partial
    partially people person persons phone physical physically please quorum record remote
    remotely representing rsvp second section session sig sign slack some sorted sync the this those to today
    today's todays total two via video virtual virtually voice was were wg who with you your yourself zoom
    """
)
"""Words beside those of attendance that change nothing."""
VETO: Final = _words(
    """
    action actions agenda approval approve benefits code conduct discussion election elections eligibility
    encouraged expectations future graph growth guidelines how info information intro introduce introduction
    introductions issue issues items last new next nomination policies policy presentation presentations previous
    proposal rate register registration report requirement requirements rules statistics stats survey track tracking
    update updates welcome why
    """
)
"""Words with which a heading speaks of something else than who was there."""
MODERATOR: Final = languages.MODERATOR | _words(
    """
    chair chaired chairing chairman chairperson chairs co-chair co-chairs cochair cochairs convener conveners
    convenor facilitated facilitating facilitator facilitators host hosted hosts leader moderated moderator
    moderators organiser organizer president presiding
    """
)
MODERATOR_PHRASES: Final = (
    *languages.MODERATOR_PHRASES,
    *_phrases(
        """
    meeting lead | meeting leader | called by | led by | run by | meeting chair | meeting host | acting chair
    """
    ),
)
SCRIBE: Final = languages.SCRIBE | _words(
    """
    clerk documenter
    minute-taker minuted minutes-taker minutetaker note-taker note-takers notetaker notetakers recorder scribe
    scribes scribing secretary
    """
)
SCRIBE_PHRASES: Final = (
    *languages.SCRIBE_PHRASES,
    *_phrases(
        """
    note taker | notes by | minutes by | minute taker | minutes taker | note takers | notes taken by | taking notes
    | note taking | minutes taken by | recording secretary | notetaking | notes taker | minute takers
    | minutes recorded by | recorded by | minutes prepared by | minutes written by
    """
    ),
)
NO_ROLE: Final = _words(
    """
    comments election elections find next nominations previous remarks report update updates vacant volunteer
    volunteers
    """
)
"""Words with which a label names no one who led or wrote."""
OTHER_ROLES: Final = _words(
    """
    alternate backup board co-lead community coordinator director editor emeritus ex-officio executive in-person
    intern irl late lead lurking maintainer manager member non-voting nonvoting observer-ish online partial phone
    pmc presenter primary program proxy remote speaker staff steering tac tc toc treasurer tsc vice-chair virtual
    voting
    """
)
ROLES: Final = MODERATOR | SCRIBE | GUESTS | OTHER_ROLES
DATE_LABELS: Final = frozenset(languages.DATE_LABELS) | frozenset(
    _phrases(
        """
        date | date & location | date & time | date and time | date held | date of meeting | date of the meeting | date
        time | date/time | dates | datetime | day | held on | meeting date | meeting date and time | meeting date/time |
        meeting on | meeting time | schedule | scheduled | session date | time | time and date | time/date | today's
        date | todays date | when
        """
    )
)
ACTION_HEADS: Final = languages.ACTION_HEADS | _words(
    """
    action actions ai ais follow-up follow-ups followup followups tasks to-do to-dos todo todos
    """
)
ACTION_PHRASES: Final = _phrases(
    """
    action item | action items | next steps | action points | to do | follow up | follow ups | actions items | next
    actions | new actions | open actions
    """
)
DECISION_HEADS: Final = languages.DECISION_HEADS | _words(
    """
    conclusions consensus decision decisions motions resolution resolutions resolved vote votes voting
    """
)
AGENDA_HEADS: Final = languages.AGENDA_HEADS | _words(
    """
    agenda discussion discussions items minutes notes proceedings summary topic topics
    """
)
LINK_HEADS: Final = _words(
    """
    link links recording recordings resources video
    """
)
YES: Final = languages.YES | _words(
    """
    * + 1 attended attending here in in-person joined late ok on online p present present(remote) proxy r remote
    true v virtual voting-present x y yes ☑ ☑️ ✅ ✓ ✓✓ ✔ ✔️ 👍 🟢
    """
)
"""Marks in a table by which somebody was there."""
NO: Final = languages.NO | _words(
    """
    - 0 ? _ a absent apologies e excused false n n/a na no not off regret regrets tbd x̶ – — ☐ ✖ ✖️ ✗ ✘ ❌ 🔴 🚫
    """
)
"""Marks by which somebody was not."""
NAME_COLUMNS: Final = languages.NAME_COLUMNS | _words(
    """
    attendee attendees delegate director first individual maintainer member members name names participant
    participants people person present representative representative(s) representatives user who
    """
)
HANDLE_COLUMNS: Final = _words(
    """
    discord gh github handle handles id irc login nick nickname slack user username
    """
)
FIRM_COLUMNS: Final = languages.FIRM_COLUMNS | _words(
    """
    affiliation affiliations companies company country employer entity firm from institution org organisation
    organization organizations project vendor
    """
)
MARK_COLUMNS: Final = languages.MARK_COLUMNS | _words(
    """
    attendance attended attended? attending attending? here joined presence present present? quorum rollcall status
    """
)
ROLE_COLUMNS: Final = languages.ROLE_COLUMNS | _words(
    """
    capacity office position role roles seat title
    """
)
PLACEHOLDERS: Final = frozenset(languages.PLACEHOLDERS) | frozenset(
    _phrases(
        """
        (add your name) | - | - | ... | ? | ?? | ??? | @github | @handle | a | add name here | add your name | add your
        name here | add yourself | all | all present | as above | attendee | attendees | b | c | empty | etc | etc. |
        everybody | everyone | first last | firstname lastname | github | insert name | list of attendees | member | n/a
        | na | name | name (affiliation) | name (company) | name (organization) | name - affiliation | name /
        institution / github handle | name and affiliation | name here | name, affiliation | name/affiliation | names |
        nil | no apologies | no attendees | no one | no regrets | nobody | none | none. | others | participant |
        participants | pending | person | please add your name | same as above | see above | sign in | tba | tbd | to be
        added | todo | unknown | x | xx | xxx | your name | your name (company) | your name here | …
        """
    )
)
"""Entries that only hold the place for a name."""
VERBS: Final = _words(
    """
    about agreed are asked be because been called can could did discussed do does doesn't don't going had has have
    he how if into is it joined makes need needs not noted opened our presented said see sent she should that their
    then there these they this those using was we were what when which will would
    """
)
"""Words that stand in sentences, not in names."""
TO_DO: Final = _words(
    """
    apply ask come connect continue follow go invite link listen look move present reach refer reply report respond
    return send speak start submit switch talk try write
    """
)
"""Words before "to" that say what is to be done, and not who does it: "Write to the library"."""
SMALL: Final = _words(
    """
    af al av ben bin d' da das de del della den der di dos du e el ibn jr la le mac o' of ould sr st ten ter the van
    von y zu zur
    """
)
"""Small words within names."""
OF_TIME: Final = _words(
    """
    and america central daylight eastern europe fri friday from hours mon monday mountain pacific sat saturday standard
    sun sunday the thu thur thurs thursday time tue tues tuesday until wed wednesday
    """
)
"""Words beside a day or a time that say nothing else."""
FIRMS: Final = _words(
    """
    academy agency amazon apple association aws bank cisco college committee company consortium consulting corp
    corporation council department dept ericsson facebook foundation foundries gmbh google group huawei ibm inc
    independent institut institute institution intel lab labs laboratories laboratory libraries library llc ltd meta
    microsoft ministry mozilla museum netflix networks nvidia office oracle oy redhat research sas school self services
    society software solutions sony studios systems technologies technology universidad universidade university
    universität université ventures verein vmware
    """
)
"""Words of the names of organisations, which are no names of people."""
CROWDS: Final = _words(
    """
    attendees audience board class colleagues committee community crew delegates equipe equipo family folks friends
    guests members observers others participants people public representatives staff students team teams visitors
    volunteers équipe
    """
)
"""Words that stand for people without their number."""
NOBODY: Final = _words(
    """
    absent agenda apologies attendance date discussion in-person link location minutes no notes online present quorum
    recording regrets remote summary tbc time total virtual yes zoom
    """
)
"""Entries of one word that are no people."""
OTHER_DATES: Final = _words(
    """
    approved circulated created deadline drafted due edited effective end expires expiry modified posted published
    election launch planned release reviewed revised revision since start submitted target tentative updated uploaded
    version
    """
)
"""Words beside a day on which something else happened than the meeting."""
ELSEWHERE: Final = _words(
    """
    async asynchronous awaiting bcc cc convocados declined distribution einladung eingeladen geladen invited invitees
    optional unconfirmed verteiler
    """
)
"""Labels within a list of people for those of whom it is not said that they were there."""
TEMPLATES: Final = _words(
    "attendee empty github handle insert member name names participant pending person tba tbd todo unknown xx xxx"
)
"""Placeholders of one word that surely are no people."""
OTHER_TIMES: Final = _words("former formerly last next past previous previously prior regular upcoming usual usually")
"""Words by which a list is of people who come at other times than to this meeting."""
DEVICES: Final = _words(
    "android anonymous call-in caller callin device dial-in dialin galaxy ipad iphone laptop macbook phone pixel room "
    "unidentified unknown user"
)
"""Words by which somebody is not known by name."""
