from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import TemplateSyntaxError
from django.utils.safestring import SafeString

from folkmoot.ui.source import SourceNote
from folkmoot.ui.tables import Column, DataTable
from folkmoot.ui.tags.library import trimmed
from tests.ui.conftest import request_for
from tests.ui.hostile import CORPUS, assert_inert, parsed

# Every tag that is handed words, with those words in each of its places.
DRAWINGS = {
    "button": '{% button "primary" href="#" describes=bad id=bad name=bad value=bad %}{{ bad }}{% endbutton %}',
    "real button": "{% button name=bad value=bad %}{{ bad }}{% endbutton %}",
    "disabled button": "{% button disabled_because=bad %}{{ bad }}{% endbutton %}",
    "segments": "{% segments bad %}{% segment True href=bad %}{{ bad }}{% endsegment %}{% endsegments %}",
    "segment button": "{% segment name=bad value=bad %}{{ bad }}{% endsegment %}",
    "copyable": '{% copyable bad "address" bad %}',
    "badge": '{% badge "moss" %}{{ bad }}{% endbadge %}',
    "eyebrow": "{% eyebrow %}{{ bad }}{% endeyebrow %}",
    "lead": "{% lead %}{{ bad }}{% endlead %}",
    "callout": '{% callout "warn" bad %}{{ bad }}{% endcallout %}',
    "section": "{% section bad bad id=bad %}{{ bad }}{% endsection %}",
    "page head": "{% page_head bad bad %}{{ bad }}{% endpage_head %}",
    "disclosure": "{% disclosure bad id=bad %}{{ bad }}{% enddisclosure %}",
    "empty state": '{% empty_state bad "letter" %}{{ bad }}{% endempty_state %}',
    "waiting": "{% waiting bad %}",
    "progress": "{% progress 1 2 bad %}{% progress 0 0 bad %}",
    "clause": "{% clause bad bad %}",
    "kept html": "{% html as kept %}{{ bad }}{% endhtml %}{{ kept }}",
    "person name": "{% person_name person bad %}",
    "face": "{% face person %}",
    "faces": "{% faces people most=1 free=2 %}",
    "person line": "{% person_line person bad %}{{ bad }}{% endperson_line %}",
    "free seat line": "{% free_seat_line bad %}{{ bad }}{% endfree_seat_line %}",
    "agenda": "{% agenda %}{% agenda_line bad 5 %}{% endagenda %}",
    "records": "{% records %}{% record bad bad %}{{ bad }}{% endrecord %}{% endrecords %}",
    "entries": "{% entries %}{% entry bad bad bad %}{{ bad }}{% endentry %}{% endentries %}",
    "descriptions": "{% descriptions %}{% description bad %}{{ bad }}{% enddescription %}{% enddescriptions %}",
    "diff": "{% diff %}{% diff_row bad bad bad %}{% enddiff %}",
    "objectives": "{% objectives %}{% objective bad bad bad running=bad id=bad %}{{ bad }}{% endobjective %}"
    "{% endobjectives %}",
    "year": "{% year %}{% quarter bad %}{% activity note=bad %}{{ bad }}{% endactivity %}{% endquarter %}{% endyear %}",
    "table": "{% data_table table %}",
    "breadcrumbs": "{% breadcrumbs bad bad bad %}",
    "group breadcrumbs": '{% group_breadcrumbs group "" bad bad bad %}',
    "tabs": "{% tabs bad bad bad bad %}",
    "steps": "{% steps bad 2 bad bad bad %}",
    "subpages": "{% subpages bad bad bad bad %}",
    "source": "{% source_view bad bad notes=notes %}",
    "zoned": "{% zoned bad %}{{ bad }}{% endzoned %}",
    "form": "{% form bad id=bad guard=bad label=bad %}{{ bad }}{% endform %}",
}


@pytest.mark.parametrize("bad", CORPUS)
@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS)
def test_component_draws_hostile_words_as_words(draw, drawing, bad) -> None:
    person = SimpleNamespace(pk=1, name=bad)

    html = draw(
        drawing,
        bad=bad,
        person=person,
        people=[person, person],
        group=SimpleNamespace(name=bad, get_absolute_url=lambda: bad),
        table=DataTable(bad, (Column(bad), Column(bad, is_number=True)), ((bad, bad),)),
        notes={1: [SourceNote("warning", bad)]},
    )

    assert html.strip()
    assert_inert(html)


def test_inert_check_sees_what_was_not_escaped(draw) -> None:
    html = draw("{% badge %}{{ bad|safe }}{% endbadge %}", bad=CORPUS[0])

    with pytest.raises(AssertionError):
        assert_inert(html)


def test_content_that_the_engine_has_not_escaped_is_escaped() -> None:
    assert trimmed("  <b>x</b> ") == "&lt;b&gt;x&lt;/b&gt;"
    assert trimmed(SafeString("  <b>x</b> ")) == "<b>x</b>"


def test_button_with_address_is_a_link(draw) -> None:
    link = parsed(draw('{% button "primary" href="/groups/" %}Groups{% endbutton %}')).one("a")

    assert link == {"class": "button button-primary", "href": "/groups/"}


def test_button_without_address_sends_its_form(draw) -> None:
    button = parsed(draw('{% button name="answer" value="yes" %}Yes{% endbutton %}')).one("button")

    assert button == {"class": "button", "type": "submit", "name": "answer", "value": "yes"}


def test_button_that_is_disabled_says_why(draw) -> None:
    markup = parsed(draw('{% button disabled_because="Only managers may." %}Amend{% endbutton %}'))

    button = markup.one("button")
    assert button["aria-disabled"] == "true"
    assert button["type"] == "button"
    reason = next(attrs for attrs in markup.all("span") if attrs.get("id"))
    assert button["aria-describedby"] == reason["id"]
    assert "Only managers may." in markup.text


def test_reason_of_a_disabled_button_has_the_same_id_in_every_process(draw) -> None:
    html = draw('{% button disabled_because="Only managers may." %}Amend{% endbutton %}')

    assert 'id="reason-a85e3e5d"' in html


@pytest.mark.parametrize(
    "source",
    [
        '{% button "purple" %}x{% endbutton %}',
        '{% badge "pink" %}x{% endbadge %}',
        '{% callout "shout" %}x{% endcallout %}',
        '{% empty_state "x" "unicorn" %}{% endempty_state %}',
        '{% face "x" "huge" %}',
    ],
)
def test_unknown_look_is_a_mistake_in_the_template(draw, source) -> None:
    with pytest.raises(TemplateSyntaxError):
        draw(source)


def test_section_is_named_by_its_heading(draw) -> None:
    markup = parsed(draw('{% section "The year" id="year" %}x{% endsection %}'))

    assert markup.one("section")["aria-labelledby"] == markup.one("h2")["id"]


def test_chosen_segment_is_told_to_screen_readers(draw) -> None:
    html = draw(
        '{% segments "Will you come?" %}{% segment True %}Yes{% endsegment %}{% segment %}No{% endsegment %}'
        '{% segment True href="#" %}Link{% endsegment %}{% endsegments %}'
    )

    markup = parsed(html)
    assert [button["aria-pressed"] for button in markup.all("button")] == ["true", "false"]
    assert markup.one("a")["aria-current"] == "true"
    assert markup.all("div")[0]["aria-label"] == "Will you come?"


def test_person_name_is_isolated(draw) -> None:
    assert draw("{% person_name person %}", person=SimpleNamespace(name="مريم")) == "<bdi>مريم</bdi>"


def test_person_who_left_has_words_in_place_of_a_name(draw) -> None:
    assert draw("{% person_name None %}") == "<bdi>someone who has left</bdi>"


def test_faces_are_read_out_as_names(draw) -> None:
    people = [SimpleNamespace(pk=number, name=f"Person {number}") for number in range(1, 5)]

    label = parsed(draw("{% faces people most=2 count=41 free=1 %}", people=people)).one("div")["aria-label"]

    assert label == "Person 1, Person 2, 39 more, a free seat"


def test_faces_of_nobody_draw_nothing(draw) -> None:
    assert draw("{% faces people %}", people=[]) == ""


def test_progress_tells_how_far_in_words(draw) -> None:
    markup = parsed(draw('{% progress 17 21 "Checklist" %}'))

    assert markup.one("progress") == {"value": "17", "max": "21", "aria-label": "Checklist"}
    assert "17 of 21" in markup.text


def test_clause_says_what_its_sign_means(draw) -> None:
    assert parsed(draw('{% clause "1.3" "#c" %}')).one("a")["aria-label"] == "Clause 1.3 of the charter"


def test_source_line_has_an_address_of_its_own(draw) -> None:
    markup = parsed(
        draw('{% source_view text "Charter" notes=notes %}', text="one\r\ntwo\n", notes={2: [SourceNote("error", "?")]})
    )

    lines = [attrs for attrs in markup.all("div") if attrs.get("id")]
    assert [line["id"] for line in lines] == ["L1", "L2", "L3"]
    assert [link["href"] for link in markup.all("a")] == ["#L1", "#L2", "#L3"]
    assert "source-marked" in str(lines[1]["class"])
    assert "source-marked" not in str(lines[0]["class"])


def test_table_names_rows_and_columns(draw) -> None:
    table = DataTable(
        "Calls", (Column("Date"), Column("People", is_number=True)), (("25 November", 12), ("9 December", None))
    )

    markup = parsed(draw("{% data_table table %}", table=table))

    assert [heading["scope"] for heading in markup.all("th")] == ["col", "col", "row", "row"]
    assert [cell["data-label"] for cell in markup.all("td")] == ["People", "People"]
    assert "None" not in markup.text


def test_table_refuses_a_row_of_another_length() -> None:
    with pytest.raises(ValueError, match="row of 1"):
        DataTable("Calls", (Column("Date"), Column("People")), (("25 November",),))


def test_breadcrumbs_end_with_this_page(draw) -> None:
    markup = parsed(draw('{% breadcrumbs "Groups" "/groups/" "Garden" %}'))

    assert markup.one("a")["href"] == "/groups/"
    assert markup.one("span")["aria-current"] == "page"


@pytest.mark.parametrize(
    ("drawing", "words"),
    [
        ('{% group_breadcrumbs group "people" "Invite" %}', ["Groups", "Garden", "People", "Invite"]),
        ('{% group_breadcrumbs group "people" %}', ["Groups", "Garden", "People"]),
        ('{% group_breadcrumbs group "people" "Ada" "/ada/" "End" %}', ["Groups", "Garden", "People", "Ada", "End"]),
        ('{% group_breadcrumbs group "" "Close" %}', ["Groups", "Garden", "Close"]),
    ],
)
def test_pages_of_a_group_begin_with_all_groups_and_the_group_and_its_section(draw, drawing, words) -> None:
    garden = SimpleNamespace(name="Garden", slug="garden", get_absolute_url=lambda: "/groups/garden/")

    html = draw(drawing, group=garden)

    assert re.findall("<li><[^>]*>([^<]*)<", html) == words
    links = ["/groups/", "/groups/garden/", "/groups/garden/people/", "/ada/"]
    assert [link["href"] for link in parsed(html).all("a")] == links[: len(words) - 1]


def test_section_that_is_no_tab_is_an_error(draw) -> None:
    with pytest.raises(KeyError):
        draw('{% group_breadcrumbs group "no-such" %}', group=SimpleNamespace(name="x", get_absolute_url=lambda: "/"))


def test_steps_mark_where_it_is_and_what_is_done(draw) -> None:
    markup = parsed(draw('{% steps "How far" 2 "Draft" "Waits" "Done" %}'))

    said = [(item["class"], item.get("aria-current")) for item in markup.all("li")]
    assert said == [("step is-done", None), ("step is-now", "step"), ("step", None)]


def test_tabs_mark_this_page(draw) -> None:
    markup = parsed(draw('{% tabs "Account" "/b/" "First" "/a/" "Second" "/b/" %}'))

    assert [link.get("aria-current") for link in markup.all("a")] == [None, "page"]


def test_pages_of_a_tab_stand_in_a_row_and_fold_behind_the_present_one(draw) -> None:
    drawn = draw('{% subpages "Plan" "/b/" "First" "/a/" "Second" "/b/" %}')

    assert [link.get("aria-current") for link in parsed(drawn).all("a")] == [None, "page", None, "page"]
    assert "<summary>Second</summary>" in drawn
    assert "<summary>Plan</summary>" in draw('{% subpages "Plan" "/c/" "First" "/a/" %}')


def test_pagination_keeps_the_rest_of_the_query(draw) -> None:
    page = Paginator(range(100), 10).page(3)

    markup = parsed(draw("{% pagination page %}", request=request_for("/list/?q=a%26b&page=3"), page=page))

    assert [link["href"] for link in markup.all("a")] == ["?q=a%26b&page=2", "?q=a%26b&page=4"]
    assert "Page 3 of 10" in markup.text


def test_pagination_of_one_page_draws_nothing(draw) -> None:
    assert draw("{% pagination page %}", page=Paginator(range(3), 10).page(1)) == ""


def test_diff_row_says_what_becomes_of_what(draw) -> None:
    markup = parsed(draw('{% diff_row "Quorum" "" "a third" %}{% diff_row "Fee" "5" None %}'))

    assert "was not there" in markup.text
    assert "becomes a third" in markup.text
    assert "was 5" in markup.text
    assert "is taken away" in markup.text


def test_form_with_post_carries_its_token_and_with_get_none(draw) -> None:
    assert "csrfmiddlewaretoken" in draw("{% form %}{% endform %}")
    assert "csrfmiddlewaretoken" not in draw('{% form method="get" %}{% endform %}')
