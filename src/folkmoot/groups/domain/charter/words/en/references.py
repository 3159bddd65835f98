"""Platforms, policies and placeholders, in English."""

from __future__ import annotations

from typing import Final

from folkmoot.groups.domain.charter.words.vocabulary import ReferenceWords, terms

WORDS: Final = ReferenceWords(
    platforms=(
        (
            "mailing_list",
            r"\bmailing[- ]?lists?\b|\be-?mail lists?\b|\bgoogle groups?\b|\bgroups\.io\b|\blistserv\b|\bml\b",
        ),
        ("slack", r"\bslack\b"),
        ("discord", r"\bdiscord\b"),
        ("zulip", r"\bzulip\b"),
        ("matrix", r"\bmatrix (?:room|chat|channel|space)\b|^matrix\b|\belement\.io\b"),
        ("irc", r"\birc\b|\blibera(?:\.chat)?\b"),
        ("mattermost", r"\bmattermost\b"),
        ("rocketchat", r"\brocket\.?chat\b"),
        ("gitter", r"\bgitter\b"),
        ("telegram", r"\btelegram\b"),
        ("signal", r"\bsignal (?:group|chat)\b"),
        ("whatsapp", r"\bwhatsapp\b"),
        ("teams", r"\bms teams\b|\bmicrosoft teams\b"),
        ("github", r"\bgithub\b"),
        ("gitlab", r"\bgitlab\b"),
        ("forum", r"\bforums?\b|\bdiscourse\b|\bdiscussion board\b"),
        ("zoom", r"\bzoom\b"),
        ("google_meet", r"\bgoogle meet\b"),
        ("jitsi", r"\bjitsi\b"),
        ("youtube", r"\byoutube\b"),
        ("linkedin", r"\blinkedin\b"),
        ("mastodon", r"\bmastodon\b|\bfediverse\b"),
        ("bluesky", r"\bbluesky\b"),
        ("x", r"\btwitter\b|\bx\.com\b"),
        ("reddit", r"\breddit\b"),
        ("stack_overflow", r"\bstack ?overflow\b"),
        ("email", r"\be-?mails?\b"),
        ("wiki", r"\bwiki\b"),
        ("calendar", r"\bcalendar\b"),
        ("website", r"\bweb ?site\b"),
        ("chat", r"\bchat\b"),
    ),
    not_channels=r"\b(?:archives?|calendar|minutes|meeting notes|manage your|recordings?|agendas?|playlist)\b",
    policies=(
        ("code_of_conduct", r"\bcode of conduct\b|\bcodes of conduct\b|\bcode_of_conduct\b"),
        ("antitrust", r"\banti-?trust(?: (?:policy|guidelines|statement|notice))?\b|\bcompetition law\b"),
        ("chatham_house_rule", r"\bchatham house(?: rules?)?\b"),
        ("patent", r"\bpatent policy\b"),
        ("intellectual_property", r"\b(?:intellectual property|ip|ipr) policy\b"),
        ("privacy", r"\bprivacy (?:policy|notice)\b"),
        ("moderation", r"\bmoderation policy\b"),
        ("cla", r"\bcontributor licen[sc]e agreements?\b|\bcla\b"),
        ("dco", r"\bdeveloper certificate of origin\b|\bdco\b"),
        ("conflict_of_interest", r"\bconflicts? of interest policy\b"),
        ("trademark", r"\btrademark (?:policy|guidelines)\b"),
        ("travel", r"\btravel policy\b"),
        ("anti_harassment", r"\banti-?harassment (?:policy|statement)\b"),
        ("security", r"\bsecurity (?:disclosure )?policy\b"),
        ("accessibility", r"\baccessibility (?:policy|statement)\b"),
        ("inclusion", r"\b(?:dei|diversity|inclusion) (?:policy|statement)\b"),
        ("publication", r"\bpublication policy\b"),
        ("process_document", r"\bprocess document\b"),
    ),
    policies_at_large=r"\b(?:policies|guidelines) (?:of|adopted|published|listed|found|set|at)\b",
    policy_nouns=r"\b(?:polic(?:y|ies)|code|rules?|guidelines?|agreements?|licen[sc]es?|terms of|principles)\b",
    placeholder=(
        r"\bcoming soon\b|\b(?:tbd|tba|tbc|fixme|xxx)\b|\bto ?do:|\bto be (?:determined|defined|announced|"
        r"confirmed|decided|"
        r"added|completed|filled)\b|\blorem ipsum\b|\bunder construction\b|\byyyy-mm-dd\b|\bdd/mm/yyyy\b|\bhh:mm\b"
    ),
    short_placeholder=(
        r"^\W*(?:todo|to do|none yet|n/a|pending|placeholder|to come|more to come|work in progress|wip|"
        r"\?+|\.{3,}|…|_{3,}|x{2,}|tb[adc])\W*$"
    ),
    instruction=(
        r"^(?:please )?(?:write|describe|list|include|explain|provide|outline|state|specify|enter|add|"
        r"insert|summari[sz]e|give|"
        r"briefly describe|fill in)\b.{0,120}\b(?:here\b\.?$|paragraphs?|bullet points?|sentences?|"
        r"this section|the template|in this space)"
    ),
    bracket_placeholder=r"^(?:x|xx+|n|nn|yyyy|name|names|date|time|tbd|tba|tbc|todo|hh:mm|\.\.\.|…|_+|"
    r"(?:insert|your|describe|add|enter|fill|list|specify|state|choose|select|link to|name of|provide|include|write|"
    r"replace|put|the name|group name|project name|community name|organi[sz]ation name|number of|"
    r"e\.g\.|describe)\b.{0,120}|"
    r"(?:[a-z-]{2,20} ){0,3}(?:goal|objective|deliverable|role|name|item|member|topic|project|activity|policy|person|"
    r"task)s? ?\d{0,2}|"
    r".{0,60}\b(?:here|name|names|placeholder|goes here|tbd|tba)|[a-z -]{2,40}/[a-z -]{2,40}(?:/[a-z -]{2,40}){0,5})$",
    whole_bracket_placeholder=(
        r"\b(?:sentences?|paragraphs?|bullets?|describ\w+|description|brief|briefly|specific|placeholder|handle|e\.g\.|"
        r"insert|your|organi[sz]ation|org|area|start|end|link|url|email|to be)\b"
    ),
    not_bracket_placeholder=frozenset(
        terms("""
        action, agenda, and/or, announce, announcement, archived, closed, deprecated, draft, edit, external,
        lazy-consensus, new, note, notice, ok, optional, private, proposal, public, rfc, sic, toc, update, vote, wip,
        y/n
    """)
    ),
    open_minutes=(
        r"\b(?:minutes|notes|recordings?|transcripts?|records)\b[^.;]{0,90}\b(?:are|is|be|made|kept|"
        r"shared|posted)\b[^.;]{0,60}"
        r"\b(?:publicly|public|published|available to (?:everyone|all|anyone|the public)|"
        r"accessible to (?:everyone|all|anyone)|"
        r"open to (?:everyone|all|anyone)|available and easily accessible|posted publicly|openly available)\b"
        r"|\b(?:publish(?:es|ed|ing)?|public|open|publicly available) (?:\w+ ){0,3}"
        r"(?:minutes|recordings?|transcripts?)\b"
        r"|\b(?:names of (?:those|everyone)|attendees|attendance)\b[^.;]{0,60}\b(?:recorded|published|listed|public)\b"
    ),
    not_open_minutes=(
        r"\b(?:without (?:names|attribution)|not attributed|anonymi[sz]ed|no names|non-attributed|"
        r"unattributed)\b"
    ),
    chatham_house=r"\bchatham house\b",
)
