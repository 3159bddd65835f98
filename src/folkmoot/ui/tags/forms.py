"""Forms: fields with label, hint and error bound together, and the summary of what was not accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from folkmoot.ui.tags.library import attributes, register

LOOKS = ("", "segments", "code")


@register.simple_block_tag(takes_context=True)
def form(
    context: Context,
    content: str,
    action: str = "",
    *,
    method: str = "post",
    id: str = "",
    files: bool = False,
    guard: str = "",
    label: str = "",
    sign_out: bool = False,
) -> SafeString:
    """A form with its CSRF token. `guard` names the draft that is kept in this tab while it is being filled in."""
    token = mark_safe("")
    if method == "post":
        token = format_html(
            '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', context.get("csrf_token", "")
        )
    note = mark_safe("")
    if guard:
        note = format_html(
            '<p class="draft-note" role="status" data-draft-note hidden>{}</p>',
            _("What you wrote here before has been filled in again."),
        )
    return format_html(
        "<form{}>{}{}{}</form>",
        attributes(
            class_="form",
            method=method,
            action=action,
            id=id,
            enctype="multipart/form-data" if files else "",
            data_guard=guard,
            data_sign_out=sign_out,
            aria_label=label,
        ),
        token,
        note,
        content,
    )


@dataclass(frozen=True)
class Wiring:
    """The ids that bind a field to its words."""

    field: str
    hint: str
    errors: tuple[str, ...]

    @property
    def described_by(self) -> str:
        return " ".join(filter(None, (self.hint, *self.errors)))


def _wiring(bound: BoundField, hint: object) -> Wiring:
    base = bound.auto_id or f"id_{bound.html_name}"
    return Wiring(
        field=bound.id_for_label or base,
        hint=f"{base}_hint" if hint else "",
        errors=tuple(f"{base}_error_{number}" for number, _words in enumerate(bound.errors, 1)),
    )


@register.simple_tag
def field(
    bound: BoundField,
    *,
    label: str = "",
    hint: str = "",
    look: str = "",
    wide: bool = False,
    placeholder: str = "",
    autocomplete: str = "",
) -> SafeString:
    """A form field with its label, hint and errors.

    `hint` and `label` take the place of the field's own. `look` is `segments` (few choices side by side),
    `code` (a large box in even letters) or nothing; `wide` lets it take the whole width.
    """
    if look not in LOOKS:
        raise ValueError(f"a field has one of the looks {LOOKS}, not {look!r}")
    widget = bound.field.widget
    if widget.is_hidden:
        return bound.as_hidden()
    words = label or str(bound.label)
    hint_html = hint or bound.help_text
    wiring = _wiring(bound, hint_html)
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return _choices(bound, words, hint_html, wiring, look)
    extra = {"placeholder": placeholder, "autocomplete": autocomplete, "aria-describedby": wiring.described_by}
    attrs: dict[str, str | bool] = {name: value for name, value in extra.items() if value}
    if isinstance(widget, forms.CheckboxInput):
        return _checkbox(bound, words, hint_html, wiring, attrs)
    attrs["class"] = " ".join(
        filter(None, ["input", "input-code" if look == "code" else "", str(widget.attrs.get("class", ""))])
    )
    return format_html(
        '<div class="{}"><label class="field-label" for="{}">{}{}</label>{}{}{}</div>',
        _classes(bound, wide=wide or look == "code"),
        wiring.field,
        words,
        _optional(bound),
        _hint(hint_html, wiring),
        _errors(bound, wiring),
        bound.as_widget(attrs=attrs),
    )


def _classes(bound: BoundField, *, wide: bool = False) -> str:
    return " ".join(filter(None, ["field", "field-invalid" if bound.errors else "", "field-wide" if wide else ""]))


def _optional(bound: BoundField) -> SafeString:
    if bound.field.required or bound.field.disabled:
        return mark_safe("")
    return format_html(' <span class="field-optional">{}</span>', _("(optional)"))


def _hint(hint: object, wiring: Wiring) -> SafeString:
    if not hint:
        return mark_safe("")
    return format_html('<div class="field-hint" id="{}">{}</div>', wiring.hint, hint)


def _errors(bound: BoundField, wiring: Wiring) -> SafeString:
    return format_html_join(
        "",
        '<p class="field-error" id="{}"><span><span class="sr-only">{} </span>{}</span></p>',
        ((id_, _("Error:"), words) for id_, words in zip(wiring.errors, bound.errors, strict=True)),
    )


def _checkbox(bound: BoundField, words: str, hint: object, wiring: Wiring, attrs: dict[str, str | bool]) -> SafeString:
    return format_html(
        '<div class="{}">{}<label class="choice" for="{}">{}<span>{}{}</span></label></div>',
        _classes(bound),
        _errors(bound, wiring),
        wiring.field,
        bound.as_widget(attrs=attrs),
        words,
        format_html('<span class="choice-hint" id="{}">{}</span>', wiring.hint, hint) if hint else "",
    )


def _choices(bound: BoundField, words: str, hint: object, wiring: Wiring, look: str) -> SafeString:
    one, around = ("segment", "segments") if look == "segments" else ("choice", "choices")
    options = format_html_join(
        "",
        '<label class="{}" for="{}">{}<span class="{}-words">{}</span></label>',
        ((one, option.id_for_label, _bare(option), one, option.choice_label) for option in bound.subwidgets),
    )
    return format_html(
        '<fieldset{}><legend>{}{}</legend>{}{}<div class="{}">{}</div></fieldset>',
        attributes(class_=_classes(bound), id=bound.auto_id, aria_describedby=wiring.described_by),
        words,
        _optional(bound),
        _hint(hint, wiring),
        _errors(bound, wiring),
        around,
        options,
    )


def _bare(option: BoundWidget) -> SafeString:
    """The input alone, without the label that Django would put around it.

    What is wrong is said of the whole group: a radio button may not be called invalid.
    """
    option.data["attrs"].pop("aria-invalid", None)
    return option.tag(wrap_label=False)


@register.simple_tag
def fields(whole: forms.BaseForm) -> SafeString:
    """Every field of a form in its own order, the hidden ones first."""
    return format_html_join("", "{}", ((field(bound),) for bound in [*whole.hidden_fields(), *whole.visible_fields()]))


def _failures(whole: forms.BaseForm) -> Iterator[tuple[str, str]]:
    """Where and what: the id to jump to (empty for errors of the whole form), and the words with the field's name."""
    for words in whole.non_field_errors():
        yield "", str(words)
    for bound in whole:
        for words in bound.errors:
            if bound.is_hidden:
                yield "", str(words)
                continue
            named = {"field": bound.label, "problem": words}
            asks = str(bound.label).rstrip().endswith("?")
            yield _first_id(bound), (_("%(field)s %(problem)s") if asks else _("%(field)s: %(problem)s")) % named


def _first_id(bound: BoundField) -> str:
    if isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        options = bound.subwidgets
        return options[0].id_for_label if options else bound.auto_id
    return bound.id_for_label


@register.simple_tag
def error_summary(*forms_given: forms.BaseForm | list[forms.BaseForm], focus: bool = True) -> SafeString:
    """What was not accepted, each with a link to its field; takes the focus unless told not to. Nothing if all is well.

    Several forms of one page may be given, also as a list.
    """
    every = [one for given in forms_given for one in (given if isinstance(given, list) else [given])]
    failures = [failure for whole in every if whole is not None and whole.is_bound for failure in _failures(whole)]
    if not failures:
        return mark_safe("")
    lines = format_html_join(
        "",
        "<li>{}</li>",
        ((format_html('<a href="#{}">{}</a>', where, words) if where else words,) for where, words in failures),
    )
    title = ngettext("One thing needs another look", "%(count)d things need another look", len(failures))
    return format_html(
        '<div class="error-summary" tabindex="-1" role="group" aria-labelledby="error-summary-title"{}>'
        '<h2 id="error-summary-title">{}</h2><ul>{}</ul></div>',
        attributes(autofocus=focus),
        title % {"count": len(failures)},
        lines,
    )
