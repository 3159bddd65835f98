"""Addresses of initiatives, goals, the year, registers and reports."""

from __future__ import annotations

from django.urls import path

from folkmoot.plan.views import goals, initiatives, registers, reports, year

OF_GROUP = "groups/<slug:slug>"

urlpatterns = [
    path(f"{OF_GROUP}/plan/", year.plan, name="group_plan"),
    path(f"{OF_GROUP}/plan/year/", year.year, name="plan_year"),
    path("plan/activities/<int:pk>/", year.activity, name="plan_activity"),
    path(f"{OF_GROUP}/plan/initiatives/", initiatives.initiative_list, name="plan_initiatives"),
    path(f"{OF_GROUP}/plan/initiatives/new/", initiatives.propose, name="propose_initiative"),
    path("plan/initiatives/<int:pk>/", initiatives.initiative, name="initiative"),
    path("plan/initiatives/<int:pk>/change/", initiatives.change, name="change_initiative"),
    path("plan/initiatives/<int:pk>/move/", initiatives.move, name="move_initiative"),
    path("plan/initiatives/<int:pk>/news/", initiatives.tell, name="tell_of_initiative"),
    path(f"{OF_GROUP}/plan/goals/", goals.goal_list, name="plan_goals"),
    path(f"{OF_GROUP}/plan/goals/new/", goals.new, name="new_goal"),
    path(f"{OF_GROUP}/plan/goals/close/", goals.close, name="close_goals"),
    path("plan/goals/<int:pk>/", goals.goal, name="goal"),
    path("plan/goals/<int:pk>/change/", goals.change, name="change_goal"),
    path("plan/goals/<int:pk>/check-in/", goals.say_how_it_goes, name="check_in"),
    path("plan/goals/<int:pk>/key-results/new/", goals.new_key_result, name="new_key_result"),
    path("plan/key-results/<int:pk>/change/", goals.change_key_result, name="change_key_result"),
    path("plan/key-results/<int:pk>/value/", goals.value, name="note_value"),
    path(f"{OF_GROUP}/plan/risks/", registers.risk_list, name="plan_risks"),
    path(f"{OF_GROUP}/plan/risks.csv", registers.risk_file, name="risks_file"),
    path(f"{OF_GROUP}/plan/risks/new/", registers.new_risk, name="new_risk"),
    path("plan/risks/<int:pk>/", registers.risk, name="risk"),
    path(f"{OF_GROUP}/plan/stakeholders/", registers.stakeholder_list, name="plan_stakeholders"),
    path(f"{OF_GROUP}/plan/stakeholders.csv", registers.stakeholder_file, name="stakeholders_file"),
    path(f"{OF_GROUP}/plan/stakeholders/new/", registers.new_stakeholder, name="new_stakeholder"),
    path("plan/stakeholders/<int:pk>/", registers.stakeholder, name="stakeholder"),
    path("plan/stakeholders/<int:pk>/forget/", registers.forget_stakeholder, name="forget_stakeholder"),
    path(f"{OF_GROUP}/reports/", reports.report_list, name="reports"),
    path(f"{OF_GROUP}/reports/draft/", reports.draft, name="draft_report"),
    path(f"{OF_GROUP}/reports/<str:month>/", reports.report, name="report"),
    path(f"{OF_GROUP}/reports/<str:month>/edit/", reports.edit, name="edit_report"),
    path(f"{OF_GROUP}/reports/<str:month>/correct/", reports.correct, name="correct_report"),
    path(f"{OF_GROUP}/reports/<str:month>.md", reports.report_file, name="report_file"),
]
