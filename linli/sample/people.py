"""Invented people: names from lists, phones in one block that is given to nobody, identity numbers of no real place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from stdnum.cn import ric

from linli.ground.sheets import load_file


@dataclass(frozen=True)
class Names:
    """The sheet beside this file; the surnames stand in one row."""

    surnames: str
    old_men: tuple[str, ...]
    old_women: tuple[str, ...]
    men: tuple[str, ...]
    women: tuple[str, ...]
    children: tuple[str, ...]
    origins: tuple[str, ...]


NAMES = load_file(Path(__file__).with_name("names.yaml"), Names)


@dataclass(frozen=True)
class Face:
    """Who a person is before entering: name, sex (GB/T 2261.1) and birthday."""

    name: str
    sex: str
    born: date


def given_name(luck: Random, sex: str, age: int) -> str:
    """A given name that fits sex and age."""
    if age < 16:
        return luck.choice(NAMES.children)
    if age >= 60:
        return luck.choice(NAMES.old_men if sex == "1" else NAMES.old_women)
    return luck.choice(NAMES.men if sex == "1" else NAMES.women)


def face(luck: Random, surname: str, sex: str, age: int, on: date) -> Face:
    """Somebody of an age on a day."""
    born = date(on.year - age, 1, 1) + timedelta(days=luck.randrange(360))
    if (born.month, born.day) > (on.month, on.day):
        born = born.replace(year=born.year - 1, day=min(born.day, 28))
    return Face(surname + given_name(luck, sex, age), sex, born)


def phone(number: int) -> str:
    """The ``number``-th phone of the sample: 199 0000 xxxx."""
    return f"1990000{number:04d}"


def identity(born: date, sex: str, number: int) -> str:
    """An identity number with a right check character (GB 11643) of a district that does not exist."""
    sequence = (number * 2 + (1 if sex == "1" else 0)) % 1000
    digits = f"990101{born:%Y%m%d}{sequence:03d}"
    return digits + str(ric.calc_check_digit(digits + "0"))
