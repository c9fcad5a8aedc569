"""Office files that are the same bytes for the same content: fixed times, nothing about the machine or the person."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date

_EPOCH = (1980, 1, 1, 0, 0, 0)
_MOMENT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def same_bytes(content: bytes, on: date) -> bytes:
    """An office file (a zip) again with fixed entry times and ``on`` as the day it was made and changed."""
    stamp = f"{on.isoformat()}T00:00:00Z".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            part = given.read(name)
            if name == "docProps/core.xml":
                part = _MOMENT.sub(rb"\g<1>" + stamp + rb"\g<3>", part)
            _enter(made, name, part)
    return out.getvalue()


def pack(files: Mapping[str, bytes]) -> bytes:
    """A zip of files by name, in the order given, with fixed times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in files.items():
            _enter(made, name, content)
    return out.getvalue()


def _enter(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    about = zipfile.ZipInfo(name, _EPOCH)
    about.compress_type = zipfile.ZIP_DEFLATED
    about.external_attr = 0o600 << 16
    archive.writestr(about, content)
