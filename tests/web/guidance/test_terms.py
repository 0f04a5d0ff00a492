"""Words of the house: who changes them, files, and what the draft makes of them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from troth.web.accounts.models import AuditRow
from troth.web.guidance.models import Term

pytestmark = pytest.mark.django_db
ROW = {"zh": "行政酒廊", "en": "Club Lounge"}


def save(client, desk, **more):
    return client.post(f"/settings/terms/{desk.house.pk}/save/", {**ROW, **more}, follow=True)


def test_a_lead_keeps_a_word_and_the_draft_holds_to_it(desk, signed_in):
    """Once it is on the list, the other language's word gets a remark."""
    client = signed_in("lead")
    assert "行政酒廊" in save(client, desk).content.decode()
    said = client.post("/draft/live/", {"text": "早餐在 Club Lounge。"}).content.decode()
    assert "约定写作“行政酒廊”" in said
    assert AuditRow.objects.filter(deed="save_term").count() == 1


def test_a_word_is_changed_and_removed(desk, signed_in):
    """Each is on the audit log."""
    client = signed_in("lead")
    save(client, desk)
    term = Term.objects.get()
    save(client, desk, en="Executive Lounge", term=str(term.pk))
    assert Term.objects.get().en == "Executive Lounge"
    client.post(f"/settings/terms/{term.pk}/remove/")
    assert not Term.objects.exists()
    assert AuditRow.objects.filter(deed="remove_term").count() == 1


def test_the_same_word_twice_is_refused(desk, signed_in):
    """And so is one without its other language."""
    client = signed_in("lead")
    save(client, desk)
    assert "词表里已经有" in save(client, desk).content.decode()
    save(client, desk, zh="云卡", en="")
    assert Term.objects.count() == 1


def test_a_file_goes_out_and_comes_in(desk, signed_in):
    """What was downloaded can be taken in again; a bad row stops the whole file and is named."""
    client = signed_in("lead")
    save(client, desk, means_zh="顶楼")
    data = client.get(f"/settings/terms/{desk.house.pk}/terms.csv").content
    Term.objects.all().delete()
    address = f"/settings/terms/{desk.house.pk}/import/"
    client.post(address, {"file": SimpleUploadedFile("t.csv", data)})
    assert Term.objects.get().means_zh == "顶楼"
    bad = "zh,en\n云卡,Cloud Card\n,nothing\n".encode()
    page = client.post(address, {"file": SimpleUploadedFile("t.csv", bad)}, follow=True)
    assert "第 3 行" in page.content.decode()
    assert Term.objects.count() == 1


def test_other_houses_words_do_not_exist(desk, signed_in):
    """Neither to be read nor to be changed."""
    save(signed_in("lead"), desk)
    client = signed_in("stranger", "en")
    assert "Club Lounge" not in client.get("/settings/terms/").content.decode()
    assert client.get(f"/settings/terms/{desk.house.pk}/terms.csv").status_code == 404
    assert client.post(f"/settings/terms/{desk.house.pk}/save/", ROW).status_code == 403
