"""Photos written anew: upright, without position, camera or author, and of bearable size. Pure but for Pillow."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from linli.ground.said import Said
from linli.records.limits import limits

_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP"}


def renewed(content: bytes, media_type: str) -> bytes:
    """The same picture with nothing but its pixels. Raises ``Said`` if it is broken or has too many pixels.

    The size is read from the head before any pixel is unpacked. Of moving pictures the first frame stays.
    """
    form = _FORMATS[media_type]
    allowed = limits()
    try:
        with Image.open(io.BytesIO(content), formats=[form]) as picture:
            if picture.width * picture.height > allowed.photo_pixels:
                raise Said("records.too_many_pixels", field="file", most=allowed.photo_pixels // 1_000_000)
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((allowed.photo_longest_side, allowed.photo_longest_side))
            return _written(upright, form)
    except Image.DecompressionBombError as fault:
        raise Said("records.too_many_pixels", field="file", most=allowed.photo_pixels // 1_000_000) from fault
    except (OSError, ValueError, SyntaxError, EOFError) as fault:
        raise Said("records.broken_picture", field="file") from fault


def _written(picture: Image.Image, form: str) -> bytes:
    has_clear_parts = form != "JPEG" and ("A" in picture.getbands() or "transparency" in picture.info)
    plain = picture.convert("RGBA" if has_clear_parts else "RGB")
    # A fresh picture carries no info dictionary, so no writer can copy metadata out of it.
    fresh = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    file = io.BytesIO()
    if form == "PNG":
        fresh.save(file, form, optimize=False)
    else:
        fresh.save(file, form, quality=88)
    return file.getvalue()
