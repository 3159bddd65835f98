from __future__ import annotations

from django.urls import path

from folkmoot.notices.views import address, lists, outbox, settings, stopping, told

urlpatterns = [
    path("me/notices/", settings.notice_settings, name="notice_settings"),
    path("me/notices/told/", told.notices, name="notices"),
    path("me/notices/told/read/", told.read_notices, name="read_notices"),
    path("me/notices/told/<int:telling_id>/", told.notice, name="notice"),
    path("me/notices/address/", address.confirm_address, name="confirm_address"),
    path("notices/lists/<str:place_key>/", lists.mailing_lists, name="mailing_lists"),
    path("notices/list/<int:list_id>/", lists.mailing_list, name="mailing_list"),
    path("notices/stop/<str:token>/", stopping.stop_notices, name="stop_notices"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:letter_id>/", outbox.letter, name="letter"),
]
