"""The addresses of motions, below the group that votes on them."""

from __future__ import annotations

from django.urls import path

from folkmoot.decisions.views import motions, votes

ONE = "groups/<slug:slug>/motions/<int:year>-<int:number>"

urlpatterns = [
    path("groups/<slug:slug>/motions/put/", motions.put, name="put_motion"),
    path(f"{ONE}/", motions.motion, name="motion"),
    path(f"{ONE}.md", motions.motion_file, name="motion_file"),
    path(f"{ONE}/change/", motions.change, name="change_motion"),
    path(f"{ONE}/second/", motions.second, name="second_motion"),
    path(f"{ONE}/amend/", motions.amend, name="amend_motion"),
    path(f"{ONE}/refer/", motions.refer, name="refer_motion"),
    path(f"{ONE}/withdraw/", motions.withdraw, name="withdraw_motion"),
    path(f"{ONE}/vote/", votes.open_, name="open_vote"),
    path(f"{ONE}/position/", votes.position, name="take_position"),
    path(f"{ONE}/position/clear/", votes.clear, name="clear_block"),
    path(f"{ONE}/close/", votes.close, name="close_vote"),
    path(f"{ONE}/extend/", votes.extend, name="extend_vote"),
    path(f"{ONE}/again/", votes.reopen, name="reopen_motion"),
    path("motions/amendments/<int:pk>/answer/", motions.answer, name="answer_motion_amendment"),
    path("motions/amendments/<int:pk>/take-back/", motions.take_back, name="take_back_motion_amendment"),
]
