"""Purpose, scope, objectives, membership, activities, decisions, channels, resources, policies, amendments."""

from __future__ import annotations

import pytest

from tests.groups.domain.reading import names, texts, understood


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("# G\n\n## Mission\n\nWe help.\n\nAlways.\n\n- a list\n\nNot this.\n", "We help.\n\nAlways."),
        ("# G\n\n## Purpose\n\nWe exist to help. Our objectives are:\n\n- a\n", "We exist to help."),
        ("# G\n\n**Mission:** to reduce risk.\n\n## Goals\n\n- a\n", "to reduce risk."),
        ("# G\n\nThe goal of this group is to help.\n\n## Goals\n\n- a\n", "The goal of this group is to help."),
        ("# G\n\nCovers the documentation of everything.\n", "Covers the documentation of everything."),
        ("# G\n\n## Objective\n\nOur objective is to help.\n\n## Goals\n\n- a\n", "Our objective is to help."),
        ("# G\n\n## Purpose\n\n- Help people\n- Write things\n", "- Help people\n- Write things"),
        ("# G\n\n## Purpose\n\n**Note:** a draft.\n\nWe help.\n", "We help."),
        ("# G\n\nAnyone is welcome to join.\n\n## Goals\n\n- a\n", None),
        ("# G\n\n## Purpose\n\n[Describe the purpose here]\n", None),
        ("# G\n\n## Purpose\n\nTBD\n", None),
        ("# G\n\nThis charter describes how we operate.\n", None),
        ("# G\n\n## Why?\n\nWhy does this committee exist?\n", None),
    ],
)
def test_purpose_is_the_prose_that_says_why(text, purpose):
    found = understood(text).purpose

    assert (found and found.text) == purpose


def test_scope_has_two_sides():
    charter = understood(
        "# G\n\n## Scope\n\nThe group works on shapes. Colours are out of scope.\n\n### In scope\n\n- squares\n  - small ones\n"
        "\n### Non-goals\n\n- Rendering: not ours\n\n## Rest\n\nNothing is out of scope. Printing is outside the scope of the group.\n"
    )

    assert texts(charter.scope_in) == ["The group works on shapes.", "squares\n- small ones"]
    assert texts(charter.scope_out) == [
        "Rendering: not ours",
        "Colours are out of scope.",
        "Printing is outside the scope of the group.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# G\n\n## Scope\n\n**In scope**\n\n- a\n\n**Out of scope**\n\n- b\n",
        "# G\n\n## Scope\n\nThe following is in scope:\n\n- a\n\nThe following is out of scope:\n\n- b\n",
        "# G\n\n## Scope\n\n| In scope | Out of scope |\n|---|---|\n| a | b |\n",
        "# G\n\n## Responsibilities\n\n- a\n\n## Non-Responsibilities\n\n- b\n",
        "# G\n\nResponsibilities include:\n\n- a\n\nWe will not:\n\n- b\n",
    ],
)
def test_scope_in_other_shapes(text):
    charter = understood(text)

    assert texts(charter.scope_in) == ["a"]
    assert texts(charter.scope_out) == ["b"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("## Objectives\n\n* **Reach** – more people\n* **Depth**: better docs\n", [("Reach", "more people"), ("Depth", "better docs")]),
        ("## Goals\n\n1. Reach: more people\n2. Write docs\n", [("Reach", "more people"), (None, "Write docs")]),
        ("## Goals\n\n- **Reach.** More people.\n- *Help* people learn\n", [("Reach", "More people."), (None, "Help people learn")]),
        ("## Goals\n\n- **Reach**\n\n  More people.\n- [Guides](g.md) - write them\n", [("Reach", "More people."), ("Guides", "write them")]),
        ("## Goals\n\n- Reach people\n  - by talks\n  - by posts\n", [(None, "Reach people\n- by talks\n- by posts")]),
        ("## Goals\n\n- [ ] Write the guide\n- [x] Run it\n", [(None, "Write the guide"), (None, "Run it")]),
        ("## Goals\n\n| # | Goal | How |\n|---|---|---|\n| 1 | Reach | talks |\n", [("Reach", "talks")]),
        ("## Objectives\n\n### Objective 1: Reach\n\n- more people\n", [("Reach", "- more people")]),
        ("## Objectives\n\n### Mentoring\n\nPair people.\n\n### Events\n\nRun two.\n", [("Mentoring", "Pair people."), ("Events", "Run two.")]),
        ("## Goals\n\n### Short term\n\n- a\n\n### 2026\n\n- b\n", [(None, "a"), (None, "b")]),
        ("Our primary objectives include:\n\n* a\n\nOther things:\n\n* no\n", [(None, "a")]),
        ("## Mission\n\nWe help. To do that we will:\n\n* **Listen.** To people.\n", [("Listen", "To people.")]),
        ("## Purpose\n\nWe help.\n\n## Goals\n\nThe goals are to (1) write, (2) run, and (3) mentor.\n", [(None, "write"), (None, "run"), (None, "mentor")]),
        ("## Purpose\n\nWe help.\n\n## Goal\n\nTo write good docs.\n", [(None, "To write good docs.")]),
        ("- **Purpose:** We help.\n- **Goals:** good docs\n", [(None, "good docs")]),
    ],
)  # fmt: skip
def test_objectives_in_every_shape(text, found):
    charter = understood(f"# G\n\n{text}")

    assert [(one.name, one.text) for one in charter.objectives] == found


@pytest.mark.parametrize(
    "text",
    [
        "## Projects\n\n- **Atlas**: a map\n\n## Deliverables\n\n- a spec\n",
        "## Members\n\n- Ada Example\n\n## Tasks\n\n- do this\n",
        "## Prior work\n\nOur work is organised into projects that help us achieve our goals:\n\n- Atlas\n",
        "## Projects\n\n### Atlas\n\nThe goal for the group is to build a map to:\n\n- find things\n",
        "## Goals\n\n- [Goal 1]\n- COMING SOON\n- What do we want?\n",
        "## Goals\n\nTo reach our goals we use the following tools:\n\n- Slack\n",
        "## Goals\n\nSee [the roadmap](roadmap.md).\n",
        "```\n## Goals\n- a\n```\n",
        "<!-- ## Goals\n- a\n-->\n",
        "> Our goals are:\n>\n> - a\n",
        "## Contents\n\n- [Goals](#goals)\n",
        "## Ziele\n\n- **Austausch** – Räume schaffen\n",
        "## Former goals\n\n- a\n",
        "## Success criteria\n\n- a\n",
    ],
)
def test_objectives_are_not_made_of_other_lists(text):
    assert understood(f"# G\n\n{text}").objectives == ()


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("## Membership Profile\n* Open to all.\n* Voluntary.\n", ["Open to all.", "Voluntary."]),
        ("## Who can join\n\nAnyone who writes can join.\n", ["Anyone who writes can join."]),
        ("## Membership\n\nMembers must:\n\n- attend\n- vote\n", ["attend", "vote"]),
        ("## Composition\n\nThe group is made up of people who care.\n", []),
        ("## Membership\n\n- Chair: Ada Example\n- Bob Sample\n- Open to all.\n", ["Open to all."]),
        ("## Membership\n\nHow will members be added?\n\n- TBD\n", []),
        ("## Membership\n\nA form asks the following questions:\n\n- Why?\n- Your handle\n", []),
        ("## Membership\n\nWe suggest picking one of the following:\n\n- Direct\n- By the board\n", []),
        ("## Members\n\n- Ada Example\n- Bob Sample\n", []),
    ],
)
def test_membership_is_who_may_belong(text, rules):
    assert texts(understood(f"# G\n\n{text}").membership) == rules


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("## Critical Annual Activities\n\nIncluding but not limited to:\n* **Budget** – plan it.\n", [("Budget", "plan it.", None)]),
        ("## Annual Activities\n\n- **Q1** – planning\n- Q2: survey\n- Summer camp\n", [(None, "planning", "Q1"), (None, "survey", "Q2"), (None, "Summer camp", None)]),
        ("## Annual Activities\n\n- Q3\n  - report\n", [(None, "report", "Q3")]),
        ("## Annual Activities\n\n### *Q1*\n\n- review\n\n### Second quarter\n\nSurvey the year.\n", [(None, "review", "Q1"), (None, "Survey the year.", "Q2")]),
        ("## Annual Calendar\n\n| Quarter | Activity | Who |\n|---|---|---|\n| Q4 2026 | Report | Ada |\n", [("Report", "Ada", "Q4")]),
        ("## Yearly activities\n\n### Conference\n\nOne in May.\n", [("Conference", "One in May.", None)]),
        ("## Activities\n\n- meetups\n- Q1: planning\n", [(None, "planning", "Q1")]),
        ("## Annual Meeting\n\n- Once a year\n", []),
        ("## Deliverables\n\n- Q1: a draft\n", []),
    ],
)  # fmt: skip
def test_annual_activities_with_their_quarters(text, found):
    assert [(one.name, one.text, one.quarter) for one in understood(f"# G\n\n{text}").annual_activities] == found


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        ("Decisions are made by lazy consensus.", ["lazy_consensus"]),
        ("A simple majority of votes decides.", ["majority"]),
        ("Removing a member needs 50%+1 agreement.", ["majority"]),
        ("A two-thirds majority may change this charter.", ["supermajority"]),
        ("Changes need approval by 2/3 of the members.", ["supermajority"]),
        ("Quorum is half of the members.", ["quorum"]),
        ("We seek consensus in all decisions.", ["consensus"]),
        ("Motions pass unanimously.", ["unanimity"]),
        ("Chairs serve terms of one year. No one may serve more than two consecutive terms.", ["term"]),
        ("Members will serve for a one year term.", ["term"]),
        ("Managers are elected for two years.", ["term"]),
        ("No quorum is required.", []),
        ("The majority of developers use Linux.", []),
        ("We write about consensus algorithms.", []),
        ("For example, a simple majority of votes decides.", []),
        ("Is a majority needed for decisions?", []),
        ("Use the terms of the glossary.", []),
    ],
)
def test_decision_rules_are_sentences_that_set_one(sentence, rules):
    charter = understood(f"# G\n\n## Governance\n\n{sentence}\n")

    assert [one.rule for one in charter.decision_rules][: len(rules) or None] == rules
    assert all(one.text in sentence for one in charter.decision_rules)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("* **Quorum** – Half of the participants.\n", ["Quorum: Half of the participants."]),
        ("### Quorum\n\nFive participants. Guests do not count.\n", ["Quorum: Five participants."]),
        ("| Quorum | Five participants |\n|---|---|\n", ["Quorum: Five participants"]),
        ("* **Quorum** – A quorum is five of us.\n", ["A quorum is five of us."]),
        ("* **Quorum** – None is needed.\n", []),
        ("* **Quorum** – TBD\n", []),
    ],
)
def test_decision_rule_may_be_named_before_it_is_set(text, said):
    charter = understood(f"# G\n\n## Governance\n\n{text}")

    assert [one.text for one in charter.decision_rules] == said


def test_decision_rules_are_not_read_from_the_scope():
    assert understood("# G\n\n## Scope\n\n- Advise on majority votes and decisions\n").decision_rules == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("## Communication\n\n- **Slack**: #docs\n- [Mailing list](https://lists.x.org/g)\n", [("Slack", "slack"), ("Mailing list", "mailing_list")]),
        ("## Channels\n\n*Mailing List*\n- news\n\n*Discord*\n- chat\n- more chat\n", [("Mailing List", "mailing_list"), ("Discord", "discord")]),
        ("## Contact\n\nJoin us on [Slack](https://x.slack.com). We do not use [Discord](https://discord.gg/x).\n", [("Slack", "slack")]),
        ("## Contact\n\nWe have an email list here: https://groups.google.com/x\n", [("email list", "mailing_list")]),
        ("## Slack\n\n[#docs](https://x.slack.com/a)\n", [("Slack", "slack")]),
        ("Slack channel: #wg-docs\nMailing list: <docs@lists.x.org>\n", [("Slack channel", "slack"), ("Mailing list", "mailing_list")]),
        ("## Contact\n\n| Forum | Link |\n|---|---|\n| Slack | [#a](https://x.slack.com) |\n", [("Slack", "slack")]),
        ("## Contact\n\n- [Meeting notes](https://docs.google.com/x)\n- [Archive](https://lists.x.org/a)\n- [Ada Example](mailto:a@x.org)\n", []),
        ("## Goals\n\n- **Discord** – manage the server\n", []),
        ("## Scope\n\n- Slack and the mailing list\n", []),
    ],
)  # fmt: skip
def test_channels_are_where_the_group_talks(text, found):
    assert [(one.name, one.platform) for one in understood(f"# G\n\n{text}").channels] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("## Resources\n\n- [Handbook](https://x.org/h) – how we work\n", [("Handbook", "how we work", "https://x.org/h")]),
        ("## Useful links\n\nSee [the wiki](https://w.org).\n", [("the wiki", None, "https://w.org")]),
        ("## Resources\n\n### Control Center\n\nA tool.\n\n- **Lists**: for mail\n", [("Control Center", "A tool.\n- Lists: for mail", None)]),
        ("## Working Group Resources\n\n#### _COMING SOON!_\n", []),
        ("## Resources\n\nTBD\n", []),
        ("## Resource Collections\n\n- a set\n", []),
    ],
)  # fmt: skip
def test_resources_are_what_the_section_lists(text, found):
    assert [(one.name, one.text, one.url) for one in understood(f"# G\n\n{text}").resources] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("## Governance\n\n- Adhere to the [Code of Conduct](coc.md)\n- Follow the Chatham House Rule\n", [("code_of_conduct", "Code of Conduct"), ("chatham_house_rule", "Chatham House Rule")]),
        ("## Code of Conduct\n\nThe [Code](https://x.org/c) applies.\n", [("code_of_conduct", "Code of Conduct")]),
        ("## Policies\n\n- [Travel rules](t.md)\n- Be kind\n", [(None, "Travel rules")]),
        ("All members must follow the Antitrust Policy.\n", [("antitrust", "Antitrust Policy")]),
        ("Contributors comply with the policies listed at https://x.org/policies/.\n", [(None, None)]),
        ("## Scope\n\n- Handling Code of Conduct violations\n", []),
        ("We help others enforce the Code of Conduct.\n", []),
        ("We are not the code of conduct committee.\n", []),
        ("Participants may be required to agree to a contributor license agreement.\n", []),
    ],
)  # fmt: skip
def test_policies_are_those_that_bind(text, found):
    assert [(one.policy, one.name) for one in understood(f"# G\n\n{text}").policies] == found


def test_a_policy_brings_its_address_unless_it_could_run_code():
    safe = understood("# G\n\nWe follow the [Code of Conduct](./coc.md).\n")
    unsafe = understood("# G\n\n<p>We follow the <a href='javascript:alert(1)'>Code of Conduct</a>.</p>\n")

    assert safe.policies[0].url == "./coc.md"
    assert unsafe.policies[0].url is None
    assert unsafe.links == ()


def test_amendments_with_their_dates():
    charter = understood(
        "# G\n\n## Revision History\n\nApproved by the board. (_Feb 2025_)\n\n### Amendments (_Sep 2025_)\n\n- Renamed.\n"
        "- On 14 September 2025 the scope grew.\n\n## Changelog\n\n| Date | Change |\n|---|---|\n| 2025-01-03 | First |\n"
    )

    assert [(one.date, one.text) for one in charter.amendments] == [
        ("2025-02", "Approved by the board. (Feb 2025)"),
        ("2025-09", "Renamed."),
        ("2025-09-14", "On 14 September 2025 the scope grew."),
        ("2025-01-03", "2025-01-03 – First"),
    ]


def test_names_of_clauses_are_not_words_of_a_sentence():
    charter = understood("# G\n\n## Goals\n\n- Serve tea – and coffee\n- See https://x.org: it helps\n- A: b\n")

    assert names(charter.objectives) == [None, None, "A"]
