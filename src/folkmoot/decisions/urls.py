"""The addresses of decisions, below the group that decides."""

from __future__ import annotations

from django.urls import include, path

from folkmoot.decisions.views import decisions, feed, silence

ALL = "groups/<slug:slug>/decisions"
ONE = f"{ALL}/<int:year>-<int:number>"

urlpatterns = [
    path("", include("folkmoot.decisions.views.motion_urls")),
    path(f"{ALL}/", decisions.decision_list, name="decisions"),
    path(f"{ALL}/feed.atom", feed.feed, name="decisions_feed"),
    path(f"{ALL}/record/", decisions.record, name="record_decision"),
    path(f"{ALL}/propose/", silence.propose, name="propose_decision"),
    path(f"{ONE}/", decisions.decision, name="decision"),
    path(f"{ONE}.md", decisions.decision_file, name="decision_file"),
    path(f"{ONE}/correct/", decisions.correct, name="correct_decision"),
    path(f"{ONE}/show/", decisions.show, name="show_decision"),
    path(f"{ONE}/task/", decisions.follow, name="add_task_from_decision"),
    path(f"{ONE}/change/", silence.change, name="change_decision"),
    path(f"{ONE}/again/", silence.again, name="lay_decision_again"),
    path(f"{ONE}/support/", silence.support, name="support_decision"),
    path(f"{ONE}/object/", silence.object_, name="object_to_decision"),
    path(f"{ONE}/withdraw/", silence.withdraw, name="withdraw_decision"),
    path(f"{ONE}/settle/", silence.settle, name="settle_decision"),
    path("decisions/objections/<int:pk>/answer/", silence.answer, name="answer_objection"),
    path("decisions/objections/<int:pk>/take-back/", silence.take_back, name="take_back_objection"),
]
