"""People and their roles, in English."""

from __future__ import annotations

from typing import Final

from folkmoot.groups.domain.charter.words.vocabulary import PeopleWords, terms

WORDS: Final = PeopleWords(
    role_words=frozenset(
        terms("""
        admin, administrator, administrators, admins, adviser, advisers, advisor, advisors, ambassador, ambassadors,
        approver, approvers, archivist, attendee, attendees, captain, captains, chair, chairman, chairperson,
        chairpersons, chairs, chairwoman, champion, champions, co-chair, co-chairs, co-lead, co-leads, co-ordinator,
        cochair, cochairs, collaborator, collaborators, committer, committers, contributor, contributors, convener,
        conveners, convenor, convenors, coordinator, coordinators, delegate, delegates, designer, designers, director,
        directors, documentarian, editor, editors, emeritus, expert, experts, facilitator, facilitators, fellow,
        fellows, guest, guests, historian, host, hosts, lead, leader, leaders, leads, liaison, liaisons, maintainer,
        maintainers, manager, managers, member, members, mentee, mentees, mentor, mentors, moderator, moderators,
        note-taker, notetaker, observer, observers, officer, officers, organiser, organisers, organizer, organizers,
        owner, owners, participant, participants, president, rapporteur, representative, representatives, reviewer,
        reviewers, scribe, scribes, secretaries, secretary, shepherd, shepherds, speaker, speakers, sponsor, sponsors,
        steward, stewards, timekeeper, trainer, trainers, treasurer, treasurers, trustee, trustees, vice-chair,
        vice-president, volunteer, volunteers, webmaster, writer, writers
    """)
    ),
    not_roles=frozenset(
        terms("""
        appointment, becoming, changes, communication, conduct, creation, decision, decisions, deviation, deviations,
        duties, election, elections, escalation, expectations, general, governance, how, lifecycle, management,
        meetings, nomination, offboarding, onboarding, organisation, organization, overview, policies, policy,
        procedure, procedures, process, processes, quorum, removal, requirements, responsibilities, selection,
        structure, term, terms, transitions, voting
    """)
    ),
    duty_signals=(
        r"\b(?:are|is) (?:responsible|expected|free|active|anyone|those|people|individuals|persons|"
        r"elected|appointed|"
        r"required|encouraged|entitled|selected|an? |the (?:primary|main|first|person)|members who|volunteers)"
        r"|\b(?:runs?|leads?|will|must|should|shall|may|can|have|has|serves?|ensures?|helps?|facilitates?|organi[sz]es?|"
        r"participates?|contributes?|attends?|maintains?|makes?|owns?|sets?|reviews?|approves?|coordinates?|keeps?|"
        r"supports?|acts?|takes?|represents?|provides?|guides?|drives?|oversees?|manages?|votes?|decides?|elects?|proposes?|writes?|edits?|moderates?|answers?|mentors?|"
        r"hosts?|joins?|follows?|listens?|speaks?|signs?|prepares?|publish(?:es)?|organi[sz]e|works?|gets?|agrees?)\b"
    ),
    listed=r"\b(?:(?:is|are) listed|listed in|see the|the following (?:people|persons|members)|thanks|can be found)\b",
    leader_words=frozenset(
        terms("""
        captain, chair, chairman, chairperson, chairpersons, chairs, chairwoman, co-chair, co-chairs, co-lead,
        co-leads, co-ordinator, co-ordinators, co-president, cochair, cochairs, convener, conveners, convenor,
        convenors, coordinator, coordinators, facilitator, facilitators, lead, leader, leaders, leadership, leads,
        manager, managers, officers, organiser, organisers, organizer, organizers, president, vice-chair, vice-chairs,
        vice-president
    """)
    ),
    not_leaders=frozenset(
        terms("""
        contact, contacts, editor, editors, emeritus, former, liaison, liaisons, member, members, outgoing, past,
        previous, project, projects, retired, sponsor, steering, subproject, subprojects
    """)
    ),
    led_by=(
        r"\b(?:(?:co-?)?chaired|(?:co-?)?led|managed|facilitated|coordinated|co-ordinated|organi[sz]ed|"
        r"convened|run) by "
        r"|\b(?:chairs?|co-chairs?|leads?|co-leads?|managers?|facilitators?|coordinators?|organi[sz]ers?|conveners?)"
        r"(?: of (?:the|this|our) [\w ]{1,40})? (?:is|are) (?:currently )?"
    ),
    former=(
        r"\b(?:emeritus|emeriti|former|formerly|past|previous|previously|outgoing|retired|until|was|were|"
        r"stepped down|resigned)\b"
    ),
    name_particles=frozenset(
        terms("""
        al, bin, da, das, de, del, della, den, der, di, do, dos, e, el, ibn, la, le, ten, ter, van, von, y, zu
    """)
    ),
    not_names=frozenset(
        terms("""
        a, advisory, agenda, all, amazon, an, and, any, anyone, apple, appointed, approve, approves, are, as, at,
        attend, attends, august, aws, be, board, by, calendar, can, chair, chairs, charter, cisco, co-chair, code,
        committee, community, conduct, contact, coordinates, corp, council, december, developer, developers, discord,
        docs, documentation, each, elected, ensure, ensures, everyone, facilitates, february, for, foundation, friday,
        from, github, gmbh, google, group, hat, help, helps, ibm, in, inc, intel, is, january, july, keeps, lead,
        leads, linux, list, llc, ltd, mailing, maintains, manage, manager, managers, manages, march, meeting,
        meetings, members, meta, microsoft, monday, monthly, must, no, none, not, notes, november, observers, october,
        of, on, open, or, organises, organizes, participants, policy, project, projects, red, represents, responsible,
        run, runs, saturday, see, september, set, sets, shall, should, sig, slack, software, source, steering, sunday,
        takes, tbd, team, technical, the, thursday, time, to, tuesday, university, utc, vacant, vmware, wednesday,
        weekly, wg, will, with, working, zone, zoom
    """)
    ),
    role_columns=frozenset(
        terms("""
        function, job, office, position, role, role name, role title, roles, title
    """)
    ),
    duty_columns=frozenset(
        terms("""
        description, duties, duty, expectations, key responsibilities, main responsibilities, responsibilities,
        responsibility, role description, scope, summary, tasks, what they do, what you do
    """)
    ),
    name_columns=frozenset(
        terms("""
        assigned to, contact, current, current holder, full name, held by, holder, incumbent, member, name, names,
        people, person, representative, who
    """)
    ),
    role_of_duties=(
        r"^(?:(?:additional |key |main |general )?(?:responsibilities|duties|role|roles|"
        r"expectations)(?: and (?:responsibilities|expectations|duties))? (?:of|for) (?:the |a |an |"
        r"our )?(?P<role>[\w ,/&-]{2,60})"
        r"|(?:the )?(?P<before>[\w/&-]{2,30}(?: [\w/&-]{2,30}){0,3}?)(?:'s?|’s?)? (?:responsibilities|"
        r"duties|role description))$"
    ),
)
