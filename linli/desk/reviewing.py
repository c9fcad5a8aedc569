"""``linli review`` as a screen: a paper of others is read, judged and forgotten; nothing of it is kept."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from linli.desk import access, frame
from linli.desk.access import DeskRequest
from linli.desk.forms.reports import ReviewForm
from linli.desk.saying import refuse, words
from linli.ground.said import Said
from linli.reports.paper import Remark
from linli.reports.reviewing import review_file


def review_paper(request: DeskRequest) -> HttpResponse:
    """Upload a paper (GET shows the form); the answer lists every finding with its place and quotation."""
    access.require(request, "evaluation.read")
    form = ReviewForm(request.POST, request.FILES) if request.method == "POST" else ReviewForm()
    found: list[dict[str, Any]] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            found = _lines(_judged(form.cleaned_data["file"]))
        except Said as fault:
            refuse(form, fault)
    shown = {
        "form": form,
        "findings": found,
        "name": form.cleaned_data["file"].name if found is not None else "",
        "faults": sum(1 for one in found or () if one["severity"] == "fault"),
    }
    return frame.draw(request, "reports/review.html", shown, current="reports", status=frame.shown(form))


def _judged(file: UploadedFile[bytes]) -> Sequence[Remark]:
    """The findings on an uploaded file; the copy that is read lives as long as this call."""
    name = PurePath(file.name or "").name
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"paper{PurePath(name).suffix.lower()}"
        copy.write_bytes(file.read())
        try:
            return review_file(copy)
        except Said as fault:
            raise Said(fault.code, **{**fault.values, "file": name}, field="file") from fault


def _lines(found: Sequence[Remark]) -> list[dict[str, Any]]:
    return [
        {
            "rule": one.rule,
            "severity": one.severity,
            "place": words(one.place.saying()),
            "quote": one.quote,
            "message": words(one.message()),
        }
        for one in found
    ]
