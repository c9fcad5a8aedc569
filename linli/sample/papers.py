"""Papers and pictures of the sample, drawn here: bills, photos of a place, letters, minutes. Nothing is scanned."""

from __future__ import annotations

import io
import time
from functools import lru_cache
from pathlib import Path
from random import Random

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

_FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
_PAPER, _INK, _SEAL = (250, 247, 240), (50, 50, 60), (196, 48, 43)
MARK = "示范数据"
# A PDF names when it was made; a fixed moment keeps its bytes the same each time.
_MADE = time.gmtime(0)


@lru_cache(maxsize=4)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONTS / "NotoSansSC-Regular.otf"), size)


def bill(title: str, lines: tuple[str, ...]) -> bytes:
    """A bill or certificate as a photographed sheet, with a seal and the mark of the sample."""
    picture = Image.new("RGB", (520, 360), _PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((14, 14, 506, 346), outline=_INK, width=2)
    draw.text((260, 32), title, _INK, _font(26), anchor="mt")
    for row, line in enumerate(lines):
        draw.text((40, 92 + 36 * row), line, _INK, _font(20))
    draw.ellipse((370, 220, 480, 330), outline=_SEAL, width=4)
    draw.text((425, 275), MARK, _SEAL, _font(20), anchor="mm")
    return _png(picture)


@lru_cache(maxsize=64)
def snap(kind: str, number: int) -> bytes:
    """A simple drawing of a place: walls, windows, and what is wrong there; ``number`` varies it."""
    luck = Random(f"{kind}:{number}")  # noqa: S311  # a drawing is no secret
    picture = Image.new("RGB", (480, 320), (luck.randint(150, 210), luck.randint(190, 225), 236))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 250, 480, 320), fill=(168, 164, 156))
    left = luck.randint(40, 120)
    draw.rectangle((left, 50, left + 280, 262), fill=(226, 214, 196), outline=_INK)
    for row in range(4):
        for column in range(5):
            x, y = left + 18 + column * 52, 66 + row * 46
            draw.rectangle((x, y, x + 30, y + 28), fill=(120, 150, 172), outline=_INK)
    for _ in range(luck.randint(3, 7)):
        x, y = luck.randint(20, 440), luck.randint(200, 300)
        draw.ellipse((x, y, x + luck.randint(10, 46), y + 14), fill=(96, 88, 80))
    draw.text((470, 312), f"{kind} {MARK}", (250, 250, 250), _font(18), anchor="rb")
    return _png(picture)


def letter(title: str, body: str) -> bytes:
    """A plain text letter."""
    return f"{title}\n\n{body}\n\n（{MARK}）\n".encode()


def _png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def report(title: str, lines: tuple[str, ...]) -> bytes:
    """A report of one page as PDF."""
    picture = Image.new("RGB", (620, 877), (255, 255, 255))
    draw = ImageDraw.Draw(picture)
    draw.text((310, 90), title, _INK, _font(26), anchor="mm")
    for row, line in enumerate(lines):
        draw.text((70, 170 + 40 * row), line, _INK, _font(20))
    draw.ellipse((410, 690, 540, 820), outline=_SEAL, width=4)
    draw.text((475, 755), MARK, _SEAL, _font(20), anchor="mm")
    file = io.BytesIO()
    picture.save(file, "PDF", resolution=75, creationDate=_MADE, modDate=_MADE)
    return file.getvalue()
