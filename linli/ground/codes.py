"""Codes of the state: regions, identity numbers, unified social credit codes, and the small code sets.

Sources: GB/T 2260 and the statistical region codes (12 digits); GB 11643-1999 for identity numbers; GB
32100-2015 and GB 11714-1997 for credit codes. Checksums are computed by ``python-stdnum``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from linli import packs
from linli.ground.said import Said, Saying
from linli.ground.sheets import Both, load_file

Level = Literal["province", "prefecture", "county", "township", "committee"]
_ENDS: dict[Level, int] = {"province": 2, "prefecture": 4, "county": 6, "township": 9, "committee": 12}
_CREDIT_SIGNS = "0-9A-HJ-NPQRTUWXY"
_CREDIT = re.compile(rf"[{_CREDIT_SIGNS}]{{2}}[0-9]{{6}}[{_CREDIT_SIGNS}]{{8}}[0-9X][{_CREDIT_SIGNS}]")
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def region(code: str) -> str:
    """A region code in its full 12 digits; shorter official ones (2, 4, 6 or 9 digits) are filled with zeros.

    Raises ``Said("codes.region_shape")``. Only the shape is checked: which codes exist changes yearly and is
    a table of the places, and real codes do not keep to the customary ranges.
    """
    if not re.fullmatch("[0-9]+", code) or len(code) not in _ENDS.values() or code.startswith("00"):
        raise Said("codes.region_shape", field="region", code=code)
    return code.ljust(12, "0")


def level(code: str) -> Level:
    """The level of a region: that of the last part of its code that is not zero.

    Parts between may be zero: Dongguan and Danzhou have townships and no counties.
    """
    whole, at = region(code), 0
    found: Level = "province"
    for name, end in _ENDS.items():
        if whole[at:end].strip("0"):
            found = name
        at = end
    return found


def ancestors(code: str) -> tuple[str, ...]:
    """The codes above, from the province down, without the region itself and without levels it does not have."""
    whole = region(code)
    above = dict.fromkeys(whole[:end].ljust(12, "0") for end in _ENDS.values())
    return tuple(one for one in above if one != whole)


def parent(code: str) -> str | None:
    """The code directly above; None for a province."""
    above = ancestors(code)
    return above[-1] if above else None


def span(code: str) -> tuple[str, str]:
    """The first and last code of the subtree, both included: as text they are one range of an index."""
    whole = region(code)
    return whole, whole[: _ENDS[level(whole)]].ljust(12, "9")


def lies_in(code: str, outer: str) -> bool:
    """Whether a region is ``outer`` or lies inside it."""
    first, last = span(outer)
    return first <= region(code) <= last


@dataclass(frozen=True)
class Identity:
    """What a valid identity number says; ``sex`` as in GB/T 2261.1 (1 male, 2 female)."""

    number: str
    region: str
    born_on: date
    sex: Literal["1", "2"]
    warnings: tuple[Saying, ...] = ()


def identity(text: str, *, on: date | None = None) -> Identity:
    """Read an identity number (公民身份号码) of 18 characters, or of 15 from before 1999, which is upgraded.

    Spaces, full-width signs and a small x are forgiven. A district that is not in the published lists only
    warns, since districts are abolished and numbers stay. ``on``: a birth after that day is refused. Raises
    ``Said`` with ``codes.identity_shape``, ``_birth`` or ``_checksum``; the number itself is never repeated.
    """
    number = _compact(text)
    if re.fullmatch(r"[1-9][0-9]{14}", number):
        number = upgraded(number)
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", number):
        raise Said("codes.identity_shape", field="identity")
    born_on = _born_on(number)
    if on is not None and born_on > on:
        raise Said("codes.identity_birth", field="identity")
    if ric.calc_check_digit(number) != number[-1]:
        raise Said("codes.identity_checksum", field="identity")
    sex: Literal["1", "2"] = "1" if int(number[16]) % 2 else "2"
    return Identity(number, number[:6], born_on, sex, _district_warnings(number))


def is_identity(text: str) -> bool:
    """Whether the text is a valid identity number."""
    try:
        return bool(identity(text))
    except Said:
        return False


def upgraded(old: str) -> str:
    """An identity number of 15 digits in its 18: the century 19 is put in and the check character computed."""
    number = f"{old[:6]}19{old[6:]}"
    return number + ric.calc_check_digit(number + "0")


@dataclass(frozen=True)
class CreditCode:
    """What a valid unified social credit code says of an organisation."""

    number: str
    department: str
    kind: str
    region: str
    body: str
    warnings: tuple[Saying, ...] = ()


def credit_code(text: str) -> CreditCode:
    """Read a unified social credit code (统一社会信用代码) of 18 characters.

    Spaces, dashes, full-width signs and small letters are forgiven. A wrong check character of the body code
    inside only warns. Raises ``Said`` with ``codes.credit_shape`` or ``codes.credit_checksum``.
    """
    number = _compact(text).replace("-", "")
    if not _CREDIT.fullmatch(number):
        raise Said("codes.credit_shape", field="credit_code")
    if uscc.calc_check_digit(number[:17]) != number[-1]:
        raise Said("codes.credit_checksum", field="credit_code")
    body = number[8:17]
    warnings = () if _body_check(body) == body[-1] else (Saying("codes.body_checksum"),)
    return CreditCode(number, number[0], number[1], number[2:8], body, warnings)


def is_credit_code(text: str) -> bool:
    """Whether the text is a valid unified social credit code."""
    try:
        return bool(credit_code(text))
    except Said:
        return False


@dataclass(frozen=True)
class CodeSet:
    """One small code set: the standard it comes from and its words by code."""

    title: Both
    source: str
    values: dict[str, Both]

    def text(self, code: str, lang: str = "zh") -> str:
        """The words of a code; ``Said("codes.unknown_value")`` if the set does not have it."""
        if code not in self.values:
            raise Said("codes.unknown_value", code=code, title=self.title)
        return self.values[code].text(lang)


@lru_cache(maxsize=8)
def code_sets(path: Path = Path(packs.__file__).parent / "cn" / "codes.yaml") -> dict[str, CodeSet]:
    """All small code sets of a sheet by name: ``sex``, ``marriage``, ``ethnicity``, ``education`` and others."""
    return load_file(path, dict[str, CodeSet])


def code_set(name: str) -> CodeSet:
    """One of the packaged code sets; ``Said("codes.unknown_set")`` for a name that is not in the sheet."""
    sets = code_sets()
    if name not in sets:
        raise Said("codes.unknown_set", name=name)
    return sets[name]


def _compact(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()


def _born_on(number: str) -> date:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError as fault:
        raise Said("codes.identity_birth", field="identity") from fault


def _district_warnings(number: str) -> tuple[Saying, ...]:
    try:
        ric.get_birth_place(number)
    except ValidationError:
        return (Saying("codes.unknown_district", {"district": number[:6]}),)
    return ()


def _body_check(body: str) -> str:
    """The check character of an organisation body code (GB 11714): letters count from A = 10."""
    total = sum(int(sign, 36) * weight for sign, weight in zip(body[:8], _BODY_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]
