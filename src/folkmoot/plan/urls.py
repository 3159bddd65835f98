from __future__ import annotations

from django.urls import include, path

from folkmoot.plan.views import checklists, errands, tasks, templates, welcome

urlpatterns = [
    path("", include("folkmoot.plan.views.goal_urls")),
    path("me/tasks/", tasks.my_tasks, name="my_tasks"),
    path("groups/<slug:slug>/tasks/", tasks.group_tasks, name="group_tasks"),
    path("groups/<slug:slug>/tasks.csv", tasks.group_tasks_csv, name="group_tasks_csv"),
    path("groups/<slug:slug>/tasks/new/", tasks.add, name="add_task"),
    path("tasks/from-mail/<str:token>/", errands.errand, name="errand"),
    path("tasks/<int:pk>/", tasks.task, name="task"),
    path("tasks/<int:pk>/change/", tasks.change, name="change_task"),
    path("tasks/<int:pk>/give/", tasks.give, name="give_task"),
    path("tasks/<int:pk>/drop/", tasks.drop, name="drop_task"),
    path("tasks/<int:pk>/do/<slug:what>/", tasks.do, name="do_task"),
    path("groups/<slug:slug>/checklists/", checklists.group_checklists, name="group_checklists"),
    path("groups/<slug:slug>/checklists/start/", checklists.start, name="start_checklist"),
    path("checklists/<int:pk>/", checklists.checklist, name="checklist"),
    path("checklists/<int:pk>/move/", checklists.move, name="move_checklist"),
    path("checklists/<int:pk>/stop/", checklists.stop, name="stop_checklist"),
    path("checklists/steps/<int:pk>/tick/", checklists.tick, name="tick_line"),
    path("checklists/steps/<int:pk>/reopen/", checklists.reopen, name="reopen_line"),
    path("checklists/steps/<int:pk>/skip/", checklists.skip, name="skip_line"),
    path("checklists/templates/", templates.organisation_templates, name="checklist_templates"),
    path("checklists/templates/<int:pk>/", templates.template, name="checklist_template"),
    path("checklists/templates/<int:pk>/steps/new/", templates.add_step, name="add_step"),
    path("checklists/templates/steps/<int:pk>/", templates.change_step, name="change_step"),
    path("checklists/templates/steps/<int:pk>/remove/", templates.drop_step, name="remove_step"),
    path("groups/<slug:slug>/checklists/templates/", templates.group_templates, name="group_checklist_templates"),
    path("groups/<slug:slug>/checklists/templates/new/", templates.new_template, name="new_checklist_template"),
    path("groups/<slug:slug>/welcome/", welcome.group_welcome, name="group_welcome"),
    path("groups/<slug:slug>/welcome/offer/", welcome.offer, name="offer_welcome"),
]
