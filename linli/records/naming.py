"""File names as people gave them, made harmless for showing and for saving again. Pure."""

from __future__ import annotations

import re
import unicodedata

_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f]+')
# Characters that turn the reading direction or show nothing can make "cod.exe" look like "exe.doc".
_INVISIBLE = frozenset(("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"))
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
LONGEST = 80

ENDINGS = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/ofd": ".ofd",
    "application/zip": ".zip",
    "text/csv": ".csv",
    "text/plain": ".txt",
}


def clean_name(name: str, media_type: str) -> str:
    """The last part of a path, without invisible or forbidden characters, with the ending its content demands."""
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(letter for letter in last if unicodedata.category(letter) not in _INVISIBLE)
    stem = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", seen)).strip(" .")
    ending = ENDINGS[media_type]
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", stem).strip(" .")[:LONGEST].rstrip(" .")
    if not stem or _RESERVED.match(stem):
        stem = f"文件{stem}"
    return stem + ending
