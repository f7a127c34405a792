"""What the camera wrote, in EXIF: the standing words its owner set, the moment, the place and the machine."""

import re

from PIL import ExifTags

from images.encoding import exif_of
from images.metadata.said import exif_moment, plain, said

Base, GPS = ExifTags.Base, ExifTags.GPS

#: What cameras and programs put where a description belongs.
NOISE = re.compile(
    r"(.{0,20}\b)?(digital camera|camera pictures|dsc)|exif_jpeg_picture|dcim\b.*|untitled|default"
    r"|created with .{1,40}|charset=.*",
    re.IGNORECASE,
)

MACHINE = {"make": Base.Make, "model": Base.Model}
DETAILS = {
    "lens": Base.LensModel,
    "serial": Base.BodySerialNumber,
    "lens_serial": Base.LensSerialNumber,
    "owner": Base.CameraOwnerName,
}
#: Characters of one fact.
LONGEST_FACT = 100


def read(picture):
    """(Said, camera facts) of an open picture. The facts are text, latitude and longitude degrees."""
    exif = exif_of(picture)
    details, gps = ifd(exif, ExifTags.IFD.Exif), ifd(exif, ExifTags.IFD.GPSInfo)
    words = {
        "caption": [caption for caption in [text(exif.get(Base.ImageDescription))] if not is_noise(caption)],
        # More than one are separated by semicolons, which EXIF's own text prescribes for this tag.
        "creator": text(exif.get(Base.Artist)).split(";"),
        # The photographer's notice, and behind a NUL the editor's.
        "rights": text(exif.get(Base.Copyright)).split("\0")[:1],
    }
    taken = exif_moment(text(details.get(Base.DateTimeOriginal)), text(details.get(Base.OffsetTimeOriginal)))
    facts = {name: text(exif.get(tag)) for name, tag in MACHINE.items()}
    facts |= {name: text(details.get(tag)) for name, tag in DETAILS.items()}
    facts = {name: plain(value)[:LONGEST_FACT] for name, value in facts.items()}
    return said(words, taken), {name: value for name, value in facts.items() if value} | position(gps)


def ifd(exif, number):
    """A part of it by number; damage there counts as nothing."""
    try:
        return exif.get_ifd(number)
    except MemoryError:
        raise
    except Exception:  # the parser fails in every way there is
        return {}


def text(value):
    """The text of a tag. EXIF knows ASCII only; what is beyond it is UTF-8 in practice, or Latin-1."""
    if isinstance(value, tuple):
        value = value[0] if value else ""
    if isinstance(value, str):
        value = value.encode("latin-1", "ignore")
    if not isinstance(value, bytes):
        return ""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("cp1252", "ignore")


def is_noise(caption):
    return bool(NOISE.fullmatch(plain(caption)))


def position(gps):
    """{"latitude": , "longitude": } in degrees, north and east positive, to about a metre; or nothing."""
    try:
        latitude = degrees(gps[GPS.GPSLatitude], gps[GPS.GPSLatitudeRef], "S")
        longitude = degrees(gps[GPS.GPSLongitude], gps[GPS.GPSLongitudeRef], "W")
    except (KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        return {}
    # Cameras without reception write zeros, which is a buoy in the Gulf of Guinea.
    if not (abs(latitude) <= 90 and abs(longitude) <= 180) or latitude == longitude == 0:
        return {}
    return {"latitude": latitude, "longitude": longitude}


def degrees(parts, reference, negative):
    """Of degrees, minutes and seconds."""
    whole, minutes, seconds = (float(part) for part in parts)
    value = whole + minutes / 60 + seconds / 3600
    return round(-value if text(reference).strip("\0 ").upper() == negative else value, 5)
