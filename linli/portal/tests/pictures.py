"""A photo as a phone sends it, and the papers of a relief application."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


def photo(name: str = "receipt.jpg", colour: str = "white") -> SimpleUploadedFile:
    """A small picture."""
    kept = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(kept, "JPEG")
    return SimpleUploadedFile(name, kept.getvalue(), "image/jpeg")


FAMILY = {"household_size": "2", "phone": "", "address": "安和苑3号楼1单元402室"}
HARDSHIP = {
    "reason": "sudden_event",
    "story": "厨房起火，灶具和电器都烧坏了。",
    "amount": "2000",
    "account": "6222021234567890123",
}


def apply_for_relief(
    browser, code: str, *, papers: bool = True, start: str = "?c_hardship=yes&c_other_help=no"
):
    """Go through the pages of temporary assistance as a resident does; gives the last answer."""
    here = f"/c/{code}/items/temporary_assistance/apply/"
    browser.get(here + start)
    assert browser.post(f"{here}family/", FAMILY).status_code == 302
    assert browser.post(f"{here}hardship/", HARDSHIP).status_code == 302
    page = browser.get(f"{here}send/")
    once = page.context["once"]
    sent = {"once": once, "consent": "on"}
    if papers:
        sent |= {"paper_application": photo("form.jpg", "grey"), "paper_event_proof": photo()}
    return browser.post(f"{here}send/", sent), once
