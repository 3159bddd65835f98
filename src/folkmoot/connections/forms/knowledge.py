"""What is filled in for an article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.connections.actions.knowledge import ArticleWords
from folkmoot.connections.models.knowledge import (
    LONGEST_ANSWER,
    LONGEST_QUESTION,
    LONGEST_REMARK,
    LONGEST_TITLE,
    Article,
    ArticleSeen,
)
from folkmoot.groups.models import Group
from folkmoot.people.guards import GuardedForm


class ArticleForm(forms.Form):
    """The words of an article, and who reads them. `number` is the version that was there when the page was made."""

    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    question = forms.CharField(
        label=_("The question"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("As somebody would ask it who does not know the words yet."),
    )
    answer = forms.CharField(
        label=_("The answer"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Markdown: **strong**, - lists, [words](https://…)."),
    )
    topics = forms.CharField(
        label=_("Topics"), required=False, max_length=300, help_text=_("A few words, parted by commas.")
    )
    seen = forms.ChoiceField(label=_("Who reads it"), widget=forms.RadioSelect)
    why = forms.CharField(label=_("Why it changes"), max_length=LONGEST_REMARK, required=False)
    number = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        group: Group | None,
        may_publish: bool,
        article: Article | None = None,
        begun: dict[str, Any] | None = None,
    ) -> None:
        start = _words_of(article) if article is not None else {}
        seen = ArticleSeen.GROUP if group is not None else ArticleSeen.SIGNED_IN
        super().__init__(data, initial={"seen": seen, **start, **(begun or {})})
        shown = [one for one in ArticleSeen if one != ArticleSeen.GROUP or group is not None]
        if not may_publish and (article is None or not article.is_public):
            shown.remove(ArticleSeen.EVERYONE)
        self.fields["seen"].choices = [(one.value, one.label) for one in shown]  # type: ignore[attr-defined]
        if article is None:
            del self.fields["why"]

    @property
    def words(self) -> ArticleWords:
        """What was filled in."""
        given = self.cleaned_data
        topics = tuple(given["topics"].split(","))
        return ArticleWords(given["title"], given["question"], given["answer"], ArticleSeen(given["seen"]), topics)


def _words_of(article: Article) -> dict[str, Any]:
    return {
        "title": article.title,
        "question": article.question,
        "answer": article.answer,
        "topics": ", ".join(article.topics),
        "seen": article.seen,
        "number": article.number,
    }


class OutdatedForm(forms.Form):
    """Why an article no longer holds."""

    because = forms.CharField(label=_("What no longer holds?"), max_length=LONGEST_REMARK)


class HelpedForm(GuardedForm):
    """Whether an article helped, from somebody who is not signed in."""

    helped = forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))])


class MergeForm(forms.Form):
    """Which article takes over."""

    into = forms.TypedChoiceField(label=_("Which article takes its place?"), coerce=int)

    def __init__(self, *args: Any, articles: Sequence[Article], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.articles = {one.pk: one for one in articles}
        self.fields["into"].choices = [(pk, one.title) for pk, one in self.articles.items()]  # type: ignore[attr-defined]
