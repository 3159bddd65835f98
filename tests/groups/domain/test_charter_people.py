"""Roles and the people named in them."""

from __future__ import annotations

import pytest

from folkmoot.groups.domain.charter.people import is_leader, is_name
from tests.groups.domain.reading import names, understood


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("## Roles & Responsibilities\n* **Managers**: Lead.\n* **Observers**: Listen.\n", [("Managers", "Lead."), ("Observers", "Listen.")]),
        ("## Roles\n\n- Chair – leads the calls\n- Scribe: takes notes\n", [("Chair", "leads the calls"), ("Scribe", "takes notes")]),
        ("## Roles\n\n- **Community at large**: everyone\n- **Chair**: leads\n", [("Community at large", "everyone"), ("Chair", "leads")]),
        ("## Roles\n\n- **Chair**\n  - leads\n  - speaks\n", [("Chair", "- leads\n- speaks")]),
        ("## Roles\n\n- Chair\n- Voting members\n", [("Chair", None), ("Voting members", None)]),
        ("## Roles\n\n### 2.1 Chair\n\nLeads.\n\n### Community at Large\n\nAll.\n\n### Contributors\n\nWrite:\n\n- docs\n", [("Chair", "Leads."), ("Community at Large", "All."), ("Contributors", "Write:\n- docs")]),
        ("## Roles\n\n### Chair\n\n#### Responsibilities\n\n- run calls\n\n#### Selection\n\nElected.\n", [("Chair", "Responsibilities\n- run calls\nSelection\nElected.")]),
        ("## Roles\n\n### Officers\n\n- **Chair**: leads\n- **Secretary**: writes\n", [("Chair", "leads"), ("Secretary", "writes")]),
        ("## Roles\n\n| Role | Responsibilities |\n|---|---|\n| Chair | Leads |\n| Wrangler | Wrangles |\n", [("Chair", "Leads"), ("Wrangler", "Wrangles")]),
        ("## Participation\n\n| Role | What they do |\n|---|---|\n| Chair | Leads |\n", [("Chair", "Leads")]),
        ("## Roles\n\n| Role | Person | Duties |\n|---|---|---|\n| Chair | Ada Example | Leads |\n", [("Chair", "Leads")]),
        ("## Roles\n\n<table><tr><th>Role</th><th>Duties</th></tr><tr><td>Chair</td><td>Leads</td></tr></table>\n", [("Chair", "Leads")]),
        ("## Roles\n\n**Chair**\n\n- leads\n\n**Writers**\n\n- write\n", [("Chair", "- leads"), ("Writers", "- write")]),
        ("## Roles\n\n**Chair** – leads the calls.\n\n**Writers** – write.\n", [("Chair", "leads the calls."), ("Writers", "write.")]),
        ("## Roles\n\nThe chair leads the calls. The secretary takes notes.\n", [("Chair", "The chair leads the calls."), ("Secretary", "The secretary takes notes.")]),
        ("## Roles\n\n- The Board Liaison is a member of the board.\n", [("Board Liaison", "The Board Liaison is a member of the board.")]),
        ("The group has three types of participants:\n\n* Observers\n* Members\n\n## Observers\n\nObservers may attend.\n", [("Members", None), ("Observers", "Observers may attend.")]),
        ("## Chairs\n\nThe Chairs run the group.\n\n* Ada Example (**[@ada](https://github.com/ada)**), Acme\n", [("Chairs", "The Chairs run the group.")]),
        ("## Additional responsibilities of Chairs\n\nChairs SHOULD plan.\n", [("Chairs", "Chairs SHOULD plan.")]),
        ("## Team Lead Responsibilities\n\n- plan\n", [("Team Lead", "- plan")]),
        ("## Responsibilities\n\n- **Chair**: runs calls\n- **Members**: join\n", [("Chair", "runs calls"), ("Members", "join")]),
        ("## Roles\n\n- Chair: Ada Example\n- Observers: may listen\n", [("Chair", None), ("Observers", "may listen")]),
        ("Roles: Chair, Secretary and Members\n", [("Chair", None), ("Secretary", None), ("Members", None)]),
    ],
)  # fmt: skip
def test_roles_in_every_shape(text, found):
    assert [(role.name, role.text) for role in understood(f"# G\n\n{text}").roles] == found


@pytest.mark.parametrize(
    "text",
    [
        "## Members\n\n- Ada Example\n- Bob Sample (Acme)\n",
        "## Initial membership\n\n- Chair: Ada Example\n- Board Liaison: Bob Sample\n",
        "## Chairs\n\n* Ada Example, Acme\n",
        "## Roles\n\nTypical participants have jobs such as: developer advocate, writer, editor.\n",
        "## Roles\n\n- [Role name]: [What they do]\n",
        "## Roles\n\n- Ada Example: leads\n- Term: one year\n",
        "## Roles and Organisation\n\nThis group adheres to [governance](g.md).\n\n### Deviations\n\nNone.\n\n### Subproject creation\n\nChairs and Tech Leads\n",
        "## Terminology\n\n- **Contributor**: anybody who gave something\n",
        "## Contributors\n\nThanks to all contributors!\n",
        "## Responsibilities\n\n- Write docs\n- Run events\n",
        "## Maintainers\n\nSee the list in MAINTAINERS.md.\n",
        "```yaml\nroles:\n- name: Chair\n```\n",
        "## Projects\n\n### Leads\n\nThe leads run the project.\n",
        "## Past roles\n\n- **Chair**: led\n",
        "## Rollen\n\n- **Leitung**: leitet die Sitzungen\n",
    ],
)
def test_roles_are_not_made_of_names_jobs_or_terms(text):
    assert understood(f"# G\n\n{text}").roles == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("## Initial membership\n\n- Chair: Ada Example\n- Co-Chair: Bob Sample\n- Board Liaison: Cy Muster\n", [("Ada Example", "Chair"), ("Bob Sample", "Co-Chair")]),
        ("## Chairs\n\n* Ada Example (**[@ada](https://github.com/ada)**), Acme Corp\n* [Bob van der Berg](https://github.com/bob), New Place\n", [("Ada Example", "Chairs"), ("Bob van der Berg", "Chairs")]),
        ("## Leads\n\n- Ada Example <ada@example.org>\n- [bob](https://github.com/bob) - **Bob Sample**\n- [cy](https://github.com/cy)\n", [("Ada Example", "Leads"), ("Bob Sample", "Leads"), ("cy", "Leads")]),
        ("- Chairs: Ada Example, Bob Sample  (Emeritus: Cy Muster)\n- TOC Liaison: Di Probe\n", [("Ada Example", "Chairs"), ("Bob Sample", "Chairs")]),
        ("**Chairs:** Ada Example (Acme), Bob Sample (Org)\n**Staff contact:** Cy Muster\n", [("Ada Example", "Chairs"), ("Bob Sample", "Chairs")]),
        ("- Chair: Ada Example, Acme Widgets\n", [("Ada Example", "Chair")]),
        ('Lead - [Ada "Ace" Example](https://github.com/ada)\nCo-Lead - [Bob Sample](https://github.com/bob)\n', [('Ada "Ace" Example', "Lead"), ("Bob Sample", "Co-Lead")]),
        ("## Leadership\n\n| Name | Role |\n|---|---|\n| Ada Example | Chair |\n| Bob Sample | Member |\n| Cy Muster | Former chair |\n", [("Ada Example", "Chair")]),
        ("| &nbsp; | Facilitators | Company |\n|---|---|---|\n| ![](a.png) | Ada Example | Acme |\n", [("Ada Example", "Facilitators")]),
        ("The group is chaired by Ada Example and Bob Sample. It was led by Cy Muster.\n", [("Ada Example", None), ("Bob Sample", None)]),
        ("The managers are Ada Example and Zoë Müller-Sample.\n", [("Ada Example", None), ("Zoë Müller-Sample", None)]),
        ("## Managers\n\n- set meeting agendas\n- take notes\n", []),
        ("- Chair: TBD\n- Co-Chair:\n", []),
        ("- Chairs: None at this time\n- Project Lead: Ada Example\n", []),
        ("## Members\n\n- Ada Example\n\n## Emeritus Chairs\n\n- Bob Sample\n", []),
        ("- Chair: Must be an active Board member\n", []),
    ],
)  # fmt: skip
def test_managers_are_the_people_named_as_leading(text, found):
    assert [(one.name, one.role) for one in understood(f"# G\n\n{text}").managers] == found


def test_a_role_described_twice_is_one_and_said_to_be_twice():
    charter = understood("# G\n\n## Roles\n\n- **Chair** – leads\n- **Chairs** – also sign\n- **Treasurer**\n")

    assert [(role.name, role.text) for role in charter.roles] == [("Chair", "leads\nalso sign"), ("Treasurer", None)]
    assert [(note.line, note.code) for note in charter.notes] == [
        (6, "role_twice"),
        (7, "role_without_responsibilities"),
    ]


def test_roles_beside_people_keep_them_apart():
    charter = understood("# G\n\n## Roles\n\n- **Chair** (Ada Example): leads\n- **Members**: come\n")

    assert names(charter.roles) == ["Chair", "Members"]


@pytest.mark.parametrize(
    "text", ["Ada Example", "J. R. Example", "Bob van der Berg", "Zoë O’Sample", "Ада Пример", "Al-Amin Ben Said"]
)
def test_names_of_people(text):
    assert is_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ada",
        "Google",
        "Red Hat",
        "The Chair",
        "Technical Steering Committee",
        "Open Source",
        "JSON API",
        "leads calls",
        "Slack Channel",
        "",
    ],
)
def test_words_that_are_no_names(text):
    assert not is_name(text)


@pytest.mark.parametrize(
    ("label", "leads"),
    [
        ("Co-Chair", True),
        ("Working group leads", True),
        ("Board Liaison", False),
        ("Project Leads", False),
        ("Emeritus Chair", False),
        ("", False),
    ],
)
def test_offices_of_leadership(label, leads):
    assert is_leader(label) is leads
