"""What sections and lists are called, in English."""

from __future__ import annotations

from typing import Final

from folkmoot.groups.domain.charter.model import Kind
from folkmoot.groups.domain.charter.words.vocabulary import SectionWords, terms

WORDS: Final = SectionWords(
    headings={
        Kind.PURPOSE: terms("""
            purpose, mission, mandate, remit, definition, charge, who we are, what we do, why, why we exist, about,
            about us, about group, reason, purpose statement, mission statement, statement of purpose
        """),
        Kind.OVERVIEW: terms("""
            overview, introduction, intro, background, motivation, description, vision, abstract, summary, rationale,
            preamble, context, charter, our charter, group charter, problem statement, vision statement
        """),
        Kind.OBJECTIVES: terms("""
            objectives, objective, goals, goal, aims, aim, strategic goals, strategic objectives, priorities,
            strategic priorities, what we want to achieve, what we want, okrs, objectives and key results, short term
            goals, long term goals, short-term goals, long-term goals
        """),
        Kind.SCOPE_OUT: terms("""
            out of scope, out-of-scope, non goals, non-goals, nongoals, not in scope, non-objectives, non objectives,
            non-responsibilities, non responsibilities, exclusions, what we do not do, what we don't do, anti-goals,
            anti goals, not goals, outside scope, outside of scope, what is out of scope, what's out of scope, what is
            not in scope, what's not in scope, scope exclusions, outside the scope, excluded from scope
        """),
        Kind.SCOPE: terms("""
            scope, in scope, in-scope, scope of work, scope of responsibilities, scope of responsibility, areas of
            focus, focus areas, focus area, focus, areas of interest, what is in scope, what's in scope, areas of
            work, scope of activities
        """),
        Kind.RESPONSIBILITIES: terms("""
            responsibilities, duties, delegated responsibilities, duties and responsibilities, responsibilities and
            expectations, areas of responsibility
        """),
        Kind.MEMBERSHIP: terms("""
            membership, membership profile, member profile, membership criteria, membership requirements, membership
            eligibility, eligibility, membership conditions, membership rules, membership policy, who can join, who
            may join, who should join, joining, becoming a member, become a member, becoming member, become member,
            how to become a member, how to become member, participation, participation requirements, participation
            criteria, terms of membership, member eligibility, requirements for membership, participant profile,
            joining and leaving, membership process, membership model, rules of membership, conditions of membership,
            criteria for membership
        """),
        Kind.COMPOSITION: terms("""
            composition, group composition, make-up
        """),
        Kind.PEOPLE: terms("""
            members, member list, membership list, initial members, initial membership, list of members, members list,
            roster, participants, team members, members at large, attendees, people, project team members, authors,
            reviewers, contributors, supporters, founding members, who's who, maintainers, voting members, liaisons,
            editors, team contacts, team contact, staff contact, staff contacts
        """),
        Kind.MANAGERS: terms("""
            chairs, chair, co-chairs, co-chair, cochairs, chairpersons, chairperson, leads, lead, co-leads,
            leadership, leaders, organizers, organisers, facilitators, coordinators, co-ordinators, conveners,
            convenors, managers, tech leads, technical leads, officers, leadership team, team leads, team lead,
            organizer, organiser, facilitator, coordinator, convener, convenor, manager
        """),
        Kind.ROLES: terms("""
            roles, roles and responsibilities, role, roles and organization management, roles and organisation
            management, role descriptions, role definitions, positions, types of members, types of membership,
            membership types, membership levels, member types, participation levels, levels of participation, levels
            of membership, types of participation, types of participants, officer roles, contributor ladder, who does
            what, participant roles, roles and duties, membership roles, contributor roles, roles and expectations
        """),
        Kind.MEETINGS: terms("""
            meetings, meeting, meeting times, meeting time, meeting schedule, schedule, cadence, meeting cadence,
            calls, call, calendar, meeting logistics, logistics, sync, syncs, when we meet, when and where, when and
            where we meet, how we meet, teleconferences, face-to-face meetings, meeting frequency, frequency, time and
            location, time and place, meeting details, office hours, standups, meeting calendar, meeting info, meeting
            information, when do we meet, sync meetings, video calls, meeting times and places, meetings and calls,
            when, zoom calls, meeting dates
        """),
        Kind.ANNUAL_ACTIVITIES: terms("""
            annual activities, yearly activities, annual calendar, annual plan, annual cycle, annual programme, annual
            program, year plan, year at a glance, our year, annual rhythm, annual initiatives, activities throughout
            the year, activities of the year, activities by quarter, quarterly activities, recurring annual
            activities, yearly calendar, yearly cycle, annual work plan, annual workplan, annual schedule, annual
            events, yearly plan, year in activities, the year, each year, every year, what we do each year, what we do
            every year, annual duties, yearly duties, annual commitments, annual deliverables
        """),
        Kind.ACTIVITIES: terms("""
            activities, initiatives, programs, programmes, work plan, workplan, events, roadmap, current activities,
            key activities
        """),
        Kind.DECISIONS: terms("""
            decision making, decision-making, decisions, decision, voting, votes, decision process, decision policy,
            decision rules, consensus, quorum, elections, election, term limits, terms of office, term of office,
            voting rules, voting procedure, voting procedures, how we decide, how decisions are made, decision making
            process, decision-making process, lazy consensus, rules of decision, rules of procedure, making decisions,
            consensus seeking, consensus seeking process, decision process, rules of decision making, voting process
        """),
        Kind.GOVERNANCE: terms("""
            governance, operations, organization, organisation, structure, operating model, ways of working, how we
            work, working mode, process, processes, working practices, organizational structure, organisational
            structure, group structure, working methods
        """),
        Kind.CHANNELS: terms("""
            communication, communications, comms, channels, contact, contact us, get in touch, reach out, where to
            find us, find us, get involved, getting involved, join us, mailing list, mailing lists, slack, discord,
            communication channels, how we communicate, contact information, contact info, contacts, stay in touch,
            connect, connect with us, participate, how to participate, how to join, how to get involved, quick facts,
            talk to us, chat, communication methods, how to reach us, how to contact us, where we talk, contacting us,
            communication tools, join the conversation
        """),
        Kind.RESOURCES: terms("""
            resources, useful links, links, references, further reading, useful resources, documents, key documents,
            related documents, materials, repositories, assets, tools, tooling, helpful links, key resources,
            additional resources, see also, related links, tools and resources, important links, quick links, resource
            links
        """),
        Kind.POLICIES: terms("""
            policies, policy, code of conduct, conduct, antitrust, antitrust policy, patent policy, ip policy,
            intellectual property, intellectual property policy, licensing, license, licence, privacy, privacy policy,
            confidentiality, compliance, chatham house rule, chatham house rules, policies to follow, moderation
            policy, ground rules, copyright, policies and guidelines, rules of conduct, legal, policies we follow
        """),
        Kind.AMENDMENTS: terms("""
            amendments, amendment, revision history, change log, changelog, change history, version history, changes,
            amending, amending the charter, amending charter, amending this charter, amendment process, revisions,
            changes to the charter, changes to this charter, changes to charter, document history, modifications,
            charter review, amendments to the charter, amendments to charter, history of changes, amendment history,
            amendment procedure, charter history, changing this charter, changing the charter, changing our charter
        """),
        Kind.DELIVERABLES: terms("""
            deliverables, projects, current work, prior work, work products, work items, milestones, subprojects,
            sub-projects, sub-groups, subgroups, task forces, publications, active projects, project list, project
            lifecycle, technical assets, outputs, outcomes, specifications, repos, published documents
        """),
        Kind.DEFINITIONS: terms("""
            definitions, terminology, glossary, terms and definitions, vocabulary, acronyms
        """),
        Kind.CONTENTS: terms("""
            table of contents, contents, toc, index, on this page, in this document
        """),
    },
    sealed=terms("""
        budget, budget ideas, funding, finances, reporting, reports, timeline, timelines, timelines and disbanding,
        disbanding, stakeholders, success criteria, success metrics, metrics, measures of success, kpis, use cases,
        related groups, related work, coordination, dependencies, case studies, example, examples, template,
        templates, instructions, how to use this template, appendix, appendices, faq, faqs, frequently asked
        questions, acknowledgements, acknowledgments, credits, footnotes, notes, working groups, special interest
        groups, supporting organizations, supporting organisations, sponsors, contributing, quick start, installation,
        usage, development, news, todo, lessons learned, risks, assumptions, open questions, related links and groups
    """),
    records=terms("""
        minutes, notes, recordings, recording, archive, archives, transcripts, agenda, agendas, past, former,
        previous, emeritus, emeriti, alumni, retired, inactive, historical, archived
    """),
    fillers=frozenset(
        terms("""
        a, additional, an, bi-weekly, biweekly, broad, charter, committee, committee's, community, core, council,
        critical, current, detailed, details, essential, expected, force, formal, foundation, future, general, group,
        group's, groups, high-level, important, info, initial, interest, its, key, list, main, monthly, new, official,
        organisation's, organization's, other, our, overall, overarching, primary, project, project's, proposed,
        public, quarterly, recurring, regular, section, sig, sigs, special, specific, statement, subcommittee, tag,
        task, team, teams, the, their, these, this, upcoming, weekly, wg, wgs, working, your
    """)
    ),
    continuations=frozenset(
        terms("""
        and, or, but, so, to, for, with, in, by, as, including, especially, particularly, such, like, e.g, both, that,
        which, where, when, from, not, on, of, at, it, this, these, they, we
    """)
    ),
    abbreviations=frozenset(
        terms("""
        e.g, i.e, eg, ie, etc, vs, approx, nr, dr, mr, mrs, ms, prof, inc, ltd, cf, al, a.m, p.m, u.s, u.k, jan, feb,
        mar, apr, jun, jul, aug, sep, sept, oct, nov, dec, mon, tue, tues, wed, thu, thur, thurs, fri, sat
    """)
    ),
    joins=(" and ", " & ", "/", ", ", " + ", "; ", " – ", " - ", ": "),
    prepositions=terms("""
        of, for, in, within, from, to, on, with
    """),
    attributes=frozenset(
        terms("""
        accountability, appointment, appointment process, authority, becoming, becoming one, benefits, criteria,
        current, duties, election, elections, eligibility, examples, expectations, general, how to become,
        introduction, nomination, notes, offboarding, onboarding, overview, powers, privileges, process,
        qualifications, removal, requirements, responsibilities, rights, roles and responsibilities, selection,
        selection process, skills, stepping down, structure, succession, summary, term, term limits, terms, time
        commitment, vacancies
    """)
    ),
    groupers=frozenset(
        terms("""
        current, external, future, general, immediate, initial, internal, key objectives, long term, long term goals,
        long-term, long-term goals, long-term objectives, medium term, mid-term, near term, near-term, next year,
        non-technical, ongoing, overall, primary, primary goals, primary objectives, secondary, secondary goals,
        secondary objectives, short term, short term goals, short-term, short-term goals, short-term objectives,
        specific, strategic, strategic goals, strategic objectives, stretch, technical, this year
    """)
    ),
    titles=terms("""
        charter, working group, wg, sig, tag, special interest group, interest group, committee, council, team, task
        force, community group, operating document, terms of reference, bylaws, by-laws, subgroup, constitution
    """),
    document_names=terms("""
        operating document, operating documents, terms of reference, charter, readme, bylaws, governance,
        constitution, charter document, operating agreement
    """),
    group_nouns=terms("""
        Working Group, Special Interest Group, Interest Group, Community Group, Task Force, Committee, Subcommittee,
        Council, Team, SIG, WG, TAG
    """),
)
