"""What English sentences state, deny, propose or remember."""

from __future__ import annotations

from typing import Final

from folkmoot.groups.domain.charter.model import Kind
from folkmoot.groups.domain.charter.words.en.grammar import GROUP
from folkmoot.groups.domain.charter.words.vocabulary import StatementWords

WORDS: Final = StatementWords(
    lead_ins=(
        (Kind.OTHER, r"\b(?:for example|such as|e\.g\.|examples?)[^.]{0,40}:$"),
        (Kind.SCOPE_OUT, r"\b(?:out[- ]of[- ]scope|outside (?:of )?(?:the|our|its) scope|non-?goals)\b[^.]{0,60}:$"),
        (
            Kind.SCOPE_OUT,
            r"\bnot (?:be )?(?:responsible for|in scope|our goals?|goals?|(?:among|"
            r"part of) \w+ (?:goals|objectives))[^.]{0,60}:$",
        ),
        (Kind.SCOPE_OUT, rf"\b{GROUP} (?:will|shall|does|do) not:$"),
        (
            Kind.OTHER,
            r"\b(?:goals|objectives|aims) (?:of|for) (?:this|the|each|a|every|our) (?:document|"
            r"charter|meeting|call|project|review|template|process|section|survey|page)",
        ),
        (
            Kind.OTHER,
            r"\b(?:achieve|meet|reach|support|accomplish|fulfil|fulfill|towards?|advance|realise|"
            r"realize) (?:our|the|these|its|their|this|those|all)? ?(?:\w+ ){0,2}(?:objectives|goals|"
            r"aims)\b",
        ),
        (
            Kind.OBJECTIVES,
            r"\b(?:objectives|goals|aims)\b[^.;:]{0,60}\b(?:are|include|includes|including|as follows|"
            r"follow)\b[^.;:]{0,40}:$",
        ),
        (
            Kind.OBJECTIVES,
            r"(?:^|\b(?:our|the|these|following|key|main|primary|specific|broad|strategic|concrete|"
            r"has|have|with) )(?:[\w-]+ ){0,2}(?:objectives|goals|aims) ?:$",
        ),
        (Kind.OBJECTIVES, rf"\b(?:goal|aim|objective) of {GROUP} is to:$"),
        (Kind.OBJECTIVES, rf"\b{GROUP} (?:aims?|seeks?|strives?|intends?|exists?|was (?:formed|created|founded)) to:$"),
        (Kind.ROLES, r"\b(?:following|these|several|different|\w+ types of) (?:[\w-]+ ){0,2}roles\b[^.]{0,40}:$"),
        (Kind.ROLES, r"\broles\b[^.:]{0,40}\b(?:are|include|exist)\b[^.:]{0,20}:$"),
        (
            Kind.ROLES,
            r"\b(?:types|kinds|levels|categories) of (?:participants|members|membership|participation|"
            r"contributors)[^.:]{0,30}:$",
        ),
        (
            Kind.MANAGERS,
            r"\b(?:chairs|co-chairs|leads|managers|facilitators|coordinators|"
            r"organi[sz]ers) (?:of [\w ]{1,40} )?(?:are|is)(?: currently)? ?:$",
        ),
        (Kind.MANAGERS, r"\b(?:chaired|led|managed|facilitated|coordinated) by ?:$"),
        (
            Kind.PEOPLE,
            r"\bmembers (?:of [\w ]{1,40} )?(?:are|include)(?: currently)? ?:$|\b(?:current|initial|"
            r"founding) members ?:$",
        ),
        (
            Kind.MEMBERSHIP,
            r"\b(?:members|participants) (?:must|should|shall|need to|are (?:expected|required) to)\b[^.]{0,60}:$",
        ),
        (
            Kind.MEMBERSHIP,
            r"\bto (?:become|be|remain) (?:a|an active) member\b[^.]{0,60}:$|\bmembership is open to\b[^.]{0,60}:$",
        ),
        (Kind.ANNUAL_ACTIVITIES, r"\b(?:annual|yearly) activities\b[^.]{0,80}:$|\b(?:each|every) year[^.:]{0,60}:$"),
        (
            Kind.MEETINGS,
            r"\b(?:meetings|calls)\b[^.:]{0,30}\b(?:take place|are held|schedule|happen|"
            r"as follows)\b[^.:]{0,30}:$|\bwe meet:$",
        ),
        (Kind.CHANNELS, r"\b(?:reach us|contact us|find us|get in touch|communicate|channels)\b[^.:]{0,50}:$"),
        (
            Kind.SCOPE,
            r"\b(?:in[- ]scope|responsible for)\b[^.:]{0,60}:$|\bresponsibilities\b[^.:]{0,60}\b(?:are|"
            r"include)\b[^.:]{0,20}:$",
        ),
        (Kind.SCOPE, r"\bscope\b[^.:]{0,40}\b(?:is|includes|covers)\b[^.:]{0,30}:$"),
        (Kind.DELIVERABLES, r"\b(?:projects|deliverables|milestones|work products)\b[^.:]{0,60}:$"),
    ),
    aim_lead_in=(
        rf"\b(?:to do (?:that|this|so)|to achieve (?:this|that)|to this end|in order to do (?:this|"
        rf"so)),? {GROUP} (?:will|shall|aims? to|plans? to|seeks? to)\b[^.:]{{0,40}}:$"
        rf"|^{GROUP} (?:will|aims? to|seeks? to|strives? to|wants? to):$"
    ),
    unrelated_lead_in=(
        r"\b(?:tools|channels|people|projects|resources|documents|examples|steps|metrics|measures|"
        r"indicators|"
        r"deliverables|members|stakeholders|questions|links|meetings|assumptions|risks|roles|not|never)\b[^.:]{0,60}:$"
    ),
    purpose_signals=(
        r"\b(?:exists? to|(?:mission|purpose|goal|aim|objective|role) (?:of|is)\b|aims? to|seeks? to|"
        r"strives? to|"
        r"is responsible for|(?:was|is|were) (?:formed|created|founded|established|chartered) to|focus(?:es|ed)? on|"
        r"(?:is )?dedicated to|is charged with|covers |brings together|works to|our (?:mission|purpose|goal)|"
        r"is a (?:group|community|team|forum|place|collaborative space)|supports? |promotes? |manages all)"
    ),
    aim_sentence=r"^(?:to \w+|we (?:want|will|aim|seek|plan|intend|strive|hope) )",
    scope_out_sentence=(
        r"\b(?:out[- ]of[- ]scope|(?:outside|beyond) (?:of )?(?:the|our|its) scope|"
        r"not in (?:the )?scope)\b"
    ),
    not_scope_out=r"\b(?:nothing|not|never|isn't) (?:is )?(?:out[- ]of[- ]scope|outside|beyond)|\?$|:$",
    membership_signals=(
        r"\b(?:open to|must|may join|can join|may become|can become|may request|anyone|anybody|everyone|"
        r"eligible|"
        r"required to|are required|requires?|should|welcome|becom(?:e|ing) (?:a |full )?members?|voluntary|"
        r"limited to|expected to|self-nominate|nominated by|approved by|no minimum|at least|up to|step down|"
        r"members? (?:may|can|shall|will)|removed?|entitled to|consists? of|no more than|serve for)\b"
    ),
    membership_unrelated=(
        r"\b(?:suggest\w*|pick(?:ing)? one|choose one|one of the following|options?|questions|steps|form|"
        r"fields|information|following (?:people|members)|tools|channels|links)\b"
    ),
    decision_signals=(
        ("lazy_consensus", r"\blazy[- ]consensus\b"),
        ("quorum", r"\bquor(?:um|ate)\b"),
        ("unanimity", r"\bunanim(?:ous|ously|ity)\b"),
        (
            "supermajority",
            r"\bsuper[- ]?majority\b|\b(?:two[- ]thirds|three[- ](?:quarters|fourths)|2/3|3/4|⅔|¾|"
            r"\d\d ?%(?! ?\+)) (?:\w+ ){0,3}(?:majority|votes?|of (?:the )?(?:[\w-]+ ){0,3}(?:votes|"
            r"members|voters|chairs|leads|managers|participants|maintainers|committee))\b",
        ),
        (
            "majority",
            r"\bmajority\b|\b50 ?% ?\+ ?1\b|\bmore than half (?:of )?(?:the )?(?:\w+ ){0,2}(?:votes|members|voters)\b",
        ),
        ("consensus", r"\bconsensus\b"),
        (
            "term",
            r"\b(?:one|two|three|four|six|twelve|\d{1,2})[- ](?:year|month)s?(?:[- ]long)? terms?\b|"
            r"\bterms? (?:\w+ ){0,7}(?:is|are|of|lasts?|limits?|shall be) (?:\w+ ){0,2}(?:one|two|"
            r"three|four|six|twelve|\d{1,2}) (?:calendar )?(?:years?|months?)\b|"
            r"\bserves? (?:for )?(?:a |an )?(?:terms? of )?(?:one|two|three|four|six|twelve|"
            r"\d{1,2}) (?:years?|months?)\b|"
            r"\b(?:elected|appointed|chosen|re-elected|in office) for (?:a |an |up to )?(?:terms? of )?(?:one|two|"
            r"three|four|six|twelve|\d{1,2}) (?:calendar )?(?:years?|months?)\b|\b(?:no|maximum|at most|"
            r"limit of) (?:\w+ ){0,6}(?:consecutive )?terms\b|\bterm limits?\b",
        ),
    ),
    decision_context=(
        r"\b(?:decisions?|decides?|decided|votes?|voting|voted|approv\w+|agree\w*|motions?|proposals?|"
        r"elect\w*|"
        r"amend\w*|chang(?:e|ed|es)|remov(?:e|ed|al)|resolutions?|quorum)\b"
    ),
    obligation=(
        r"\b(?:adheres?|adhering|follows?|following|abides?|abiding|compl(?:y|ies|ying)|governed|bound|"
        r"subject to|"
        r"applies|apply|must|shall|agree(?:s|ing)?|respects?|uphold|observe|operates? under|held under|"
        r"conducted under|in accordance with|according to|expected to|required to|under the)\b"
    ),
    no_obligation=r"\b(?:enforce(?:ment|ing)?|violations?|incidents?|reports? of|committee|maintain(?:ing)? (?:a|the)|"
    r"defin(?:e|ing)|develop(?:ing)?|draft(?:ing)?|writ(?:e|ing)|review(?:ing)?|updat(?:e|ing)|create|creating)\b",
    negation=(
        r"\b(?:no|not|never|none|neither|nor|without|cannot|can't|don't|doesn't|won't|isn't|aren't|didn't|"
        r"no longer|"
        r"instead of|rather than|cancelled|canceled|discontinued|paused|suspended|ceased|stopped|used to)\b"
    ),
    example=(
        r"\b(?:e\.g\.|for example|for instance|such as|example|say,|suggest(?:ed|s|ion)?|recommend(?:ed)?|"
        r"propos(?:e|ed|al)s?|hypothetical|imagine)\b"
    ),
    past=r"\b(?:was|were|used to|previously|formerly|originally|in the past|last (?:year|month|week)|"
    r"met|had|ended|historically|back then)\b",
    may=r"\b(?:may|might|could)\b",
    optional=(
        r"\b(?:may|might|could|would)\b(?: \w+){0,2} (?:be|meet|hold|schedule|convene|have|call|"
        r"organi[sz]e|choose|decide)\b"
    ),
)
