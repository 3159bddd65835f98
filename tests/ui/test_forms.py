from __future__ import annotations

import pytest
from django import forms

from tests.ui.hostile import CORPUS, assert_inert, parsed


class Sample(forms.Form):
    name = forms.CharField(label="Name", help_text="As people say it.")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    clock = forms.ChoiceField(label="Clock", choices=[("24", "21:30"), ("12", "9:30 pm")], widget=forms.RadioSelect)
    topics = forms.MultipleChoiceField(
        label="Topics", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple, required=False
    )
    public = forms.BooleanField(label="Public?", help_text="You can change it.")
    token = forms.CharField(widget=forms.HiddenInput, initial="t")


def test_label_and_hint_are_bound_to_their_field(draw) -> None:
    markup = parsed(draw("{% field form.name %}", form=Sample()))

    assert markup.one("label")["for"] == markup.one("input")["id"] == "id_name"
    assert markup.one("input")["aria-describedby"] == "id_name_hint"
    assert markup.all("div")[1]["id"] == "id_name_hint"
    assert "aria-invalid" not in markup.one("input")


def test_error_is_bound_to_its_field_after_the_hint(draw) -> None:
    markup = parsed(draw("{% field form.name %}", form=Sample({})))

    assert markup.one("input")["aria-invalid"] == "true"
    assert markup.one("input")["aria-describedby"] == "id_name_hint id_name_error_1"
    assert markup.one("p")["id"] == "id_name_error_1"
    assert "Error: This field is required." in markup.text


def test_optional_field_says_so_and_required_one_does_not(draw) -> None:
    assert "(optional)" in draw("{% field form.note %}", form=Sample())
    assert "(optional)" not in draw("{% field form.name %}", form=Sample())


def test_input_keeps_what_was_typed(draw) -> None:
    assert parsed(draw("{% field form.name %}", form=Sample({"name": "Garden"}))).one("input")["value"] == "Garden"


def test_choices_stand_in_a_named_group(draw) -> None:
    markup = parsed(draw("{% field form.clock %}", form=Sample({})))

    assert markup.one("fieldset")["aria-describedby"] == "id_clock_error_1"
    assert [box["id"] for box in markup.all("input")] == ["id_clock_0", "id_clock_1"]
    assert [label["for"] for label in markup.all("label")] == ["id_clock_0", "id_clock_1"]
    # Radio buttons may not be called invalid one by one.
    assert all("aria-invalid" not in box for box in markup.all("input"))


def test_choices_as_segments_are_radio_buttons_still(draw) -> None:
    markup = parsed(draw('{% field form.clock look="segments" %}', form=Sample(initial={"clock": "12"})))

    assert [box["type"] for box in markup.all("input")] == ["radio", "radio"]
    assert ["checked" in box for box in markup.all("input")] == [False, True]
    assert [label["class"] for label in markup.all("label")] == ["segment", "segment"]


def test_checkbox_stands_before_its_words(draw) -> None:
    markup = parsed(draw("{% field form.public %}", form=Sample()))

    assert [tag for tag, _attrs in markup.tags] == ["div", "label", "input", "span", "span"]
    assert markup.one("input")["aria-describedby"] == "id_public_hint"


def test_words_given_in_the_template_take_the_place_of_the_fields_own(draw) -> None:
    markup = parsed(draw('{% field form.name label="Title" hint="Short." %}', form=Sample()))

    assert "Title" in markup.text
    assert "Short." in markup.text
    assert "As people say it." not in markup.text


def test_unknown_look_of_a_field_is_a_mistake(draw) -> None:
    with pytest.raises(ValueError, match="looks"):
        draw('{% field form.name look="round" %}', form=Sample())


def test_fields_draw_all_of_a_form_once(draw) -> None:
    markup = parsed(draw("{% fields form %}", form=Sample()))

    names = [box["name"] for box in [*markup.all("input"), *markup.all("textarea")]]
    assert names == ["token", "name", "clock", "clock", "topics", "topics", "public", "note"]


def test_error_summary_links_to_each_field_and_takes_the_focus(draw) -> None:
    form = Sample({"clock": "24", "topics": ["zzz"]})
    form.add_error(None, "The two do not fit together.")

    markup = parsed(draw("{% error_summary form %}", form=form))

    # Neither the form's own error nor that of a hidden field has a place to lead to.
    assert [link["href"] for link in markup.all("a")] == ["#id_name", "#id_topics_0", "#id_public"]
    assert "5 things need another look" in markup.text
    assert "Name: This field is required." in markup.text
    assert "Public? This field is required." in markup.text
    box = markup.all("div")[0]
    assert "autofocus" in box
    assert box["tabindex"] == "-1"
    assert box["aria-labelledby"] == markup.one("h2")["id"]


def test_error_summary_of_a_sound_or_empty_form_draws_nothing(draw) -> None:
    sound = Sample({"name": "Garden", "clock": "24", "public": "on", "token": "t"})

    assert draw("{% error_summary form %}", form=Sample()) == ""
    assert draw("{% error_summary form other %}", form=sound, other=None) == ""


@pytest.mark.parametrize("bad", CORPUS)
def test_what_people_typed_and_what_is_wrong_with_it_stay_words(draw, bad) -> None:
    form = Sample({"name": bad, "note": bad, "clock": bad, "topics": [bad], "public": bad})
    form.add_error("name", bad)
    form.add_error(None, bad)

    assert_inert(draw("{% error_summary form %}{% fields form %}", form=form))
    assert_inert(draw("{% field form.name label=bad hint=bad placeholder=bad autocomplete=bad %}", form=form, bad=bad))
