"""Small real files for the tests, made on the spot."""

import io
import zipfile
import zlib

from PIL import Image


def photo(size=(60, 40), form="JPEG", orientation=6, colour=(200, 30, 30)):
    """A picture with an orientation, a camera's maker and a position in its EXIF."""
    picture = Image.new("RGB", size, colour)
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretMaker"
    exif.get_ifd(0x8825).update({1: "N", 2: (25.0, 1.0, 2.0), 3: "E", 4: (102.0, 3.0, 4.0)})
    file = io.BytesIO()
    picture.save(file, form, exif=exif, **({} if form == "PNG" else {"quality": 90}))
    return file.getvalue()


def pdf(extra=b"", hidden=b""):
    """A PDF of one empty page; ``extra`` stands in its catalogue, ``hidden`` in a packed object stream."""
    packed = zlib.compress(hidden)
    return (
        b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R" + extra + b">>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"3 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length "
        + str(len(packed)).encode() + b">>\nstream\n" + packed + b"\nendstream endobj\n"
        b"4 0 obj<</Length 60>>\nstream\n /JavaScript /Launch as bytes of a picture, no object \nendstream endobj\n%%EOF"
    )  # fmt: skip


def archive(entries):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return file.getvalue()


def word(**more):
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>", **more})
