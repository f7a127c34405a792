"""Pixels: every kind of file becomes an upright picture in sRGB."""

import io
import struct
import zlib

import pytest
from django.core.files.base import ContentFile
from PIL import Image, ImageCms

from images.encoding import encode, in_eight_bits, open_clean
from images.validators import check_picture
from tests.images.pictures import picture_bytes

# Red left, blue right: shows at once whether a picture was turned or its channels were swapped.
RED, BLUE = (220, 30, 30), (30, 30, 220)


def two_halves(mode="RGB"):
    picture = Image.new("RGB", (120, 80), RED)
    picture.paste(BLUE, (60, 0, 120, 80))
    return picture.convert(mode)


def clean(content):
    file = ContentFile(content)
    check_picture(file)
    return open_clean(file)


def close(pixel, wanted, tolerance=30):
    return all(abs(a - b) <= tolerance for a, b in zip(pixel[:3], wanted, strict=True))


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF"])
def test_every_accepted_format_is_read(format):
    """Each of the six formats keeps its colours and its size."""
    picture = clean(picture_bytes(format, picture=two_halves()))
    assert picture.size == (120, 80)
    assert close(picture.getpixel((10, 40)), RED)
    assert close(picture.getpixel((110, 40)), BLUE)


@pytest.mark.parametrize(
    ("mode", "format"),
    [
        ("CMYK", "JPEG"),
        ("CMYK", "TIFF"),
        ("YCbCr", "JPEG"),
        ("P", "PNG"),
        ("P", "GIF"),
        ("RGBA", "PNG"),
        ("LAB", "TIFF"),
    ],
)
def test_every_colour_mode_becomes_rgb(mode, format):
    """A file from a print desk or a drawing program looks as it did there."""
    picture = clean(picture_bytes(format, picture=to_lab() if mode == "LAB" else two_halves(mode)))
    assert picture.mode == "RGB"
    assert close(picture.getpixel((10, 40)), RED, tolerance=45)
    assert close(picture.getpixel((110, 40)), BLUE, tolerance=45)


def to_lab():
    srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    return ImageCms.profileToProfile(two_halves(), srgb, lab, outputMode="LAB")


@pytest.mark.parametrize("mode", ["1", "L", "LA"])
def test_greyscale_stays_grey(mode):
    """Black-and-white pictures are read in each of their modes."""
    picture = clean(picture_bytes("PNG", picture=Image.new("L", (50, 50), 255).convert(mode)))
    assert picture.getpixel((5, 5))[:3] == (255, 255, 255)


def test_sixteen_bit_greyscale_keeps_its_tones():
    """A scan of 16 bits is scaled, not cut to white."""
    picture = clean(picture_bytes("PNG", picture=Image.new("I;16", (40, 40), 0x8000)))
    assert close(picture.getpixel((5, 5)), (128, 128, 128), tolerance=1)


@pytest.mark.parametrize("mode", ["I", "F"])
def test_scientific_greyscale_is_stretched_over_the_range(mode):
    """Pictures of 32 bits have no agreed range, so their own darkest and lightest points are used."""
    picture = Image.new(mode, (40, 40), 1000)
    picture.paste(5000, (0, 0, 20, 40))
    grey = in_eight_bits(picture)
    assert (grey.getpixel((5, 5)), grey.getpixel((35, 5))) == (255, 0)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_camera_s_rotation_is_applied(format, orientation):
    """All eight orientations come out the same way up, and the record has the size as seen."""
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Transpose that the orientation will undo
    picture = two_halves()
    if orientation in undo:
        picture = picture.transpose(undo[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = ContentFile(picture_bytes(format, picture=picture, exif=exif))
    checked = check_picture(file)
    upright = open_clean(file)
    assert (checked.width, checked.height) == upright.size == (120, 80)
    assert close(upright.getpixel((10, 40)), RED)


def test_a_rotated_photo_too_large_to_decode_whole_is_still_upright():
    """The decoder's own reduction does not get the sides mixed up."""
    exif = Image.Exif()
    exif[0x0112] = 6
    file = ContentFile(picture_bytes(size=(3000, 5400), exif=exif, color=(1, 2, 3)))
    assert check_picture(file).width == 5400
    assert open_clean(file, share=0.4).size == (2700, 1500)


def test_transparency_survives_in_modern_formats_and_turns_white_in_jpeg():
    """A logo keeps its ground where the format can."""
    logo = clean(picture_bytes("PNG", picture=Image.new("RGBA", (50, 50), (0, 0, 0, 0))))
    assert logo.mode == "RGBA"
    for format, mode in (("avif", "RGBA"), ("webp", "RGBA"), ("jpeg", "RGB")):
        with Image.open(io.BytesIO(encode(logo, format))) as made:
            assert made.mode == mode
            assert made.convert("RGBA").getpixel((5, 5))[3] == (255 if format == "jpeg" else 0)
    with Image.open(io.BytesIO(encode(logo, "jpeg"))) as made:
        assert made.getpixel((5, 5)) == (255, 255, 255)


def test_a_palette_with_a_transparent_colour_is_transparent():
    """GIF's way of transparency is understood."""
    picture = Image.new("P", (20, 20), 3)
    assert clean(picture_bytes("GIF", picture=picture, transparency=3)).getextrema()[3] == (0, 0)


def test_an_opaque_alpha_channel_is_dropped():
    """A channel that says nothing costs no bytes."""
    assert clean(picture_bytes("PNG", picture=Image.new("RGBA", (20, 20), (1, 2, 3, 255)))).mode == "RGB"


def profile_with_red_and_blue_swapped():
    """A sound profile in which the file's red means blue: the names of two tags change places."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"????", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"????", b"bXYZ", 1)


def test_colours_move_from_the_file_s_own_profile():
    """The numbers change, so that the colour stays; the profile itself is not passed on."""
    picture = clean(
        picture_bytes("PNG", picture=two_halves(), icc_profile=profile_with_red_and_blue_swapped())
    )
    assert close(picture.getpixel((10, 40)), BLUE)
    assert "icc_profile" not in picture.info


#: Where the primaries of a wide colour space lie (X, Y, Z for a white of 5000 K), as its standard gives them.
PRIMARIES = {
    "Display P3": ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)),
    "Adobe RGB": ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)),
}


def wide_profile(space):
    """A profile of a wide colour space: that of sRGB with other primaries, its curve left as it is."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = int.from_bytes(profile[128:132], "big")
    tags = [profile[132 + 12 * number : 144 + 12 * number] for number in range(count)]
    for name, point in zip((b"rXYZ", b"gXYZ", b"bXYZ"), PRIMARIES[space], strict=True):
        [offset] = [int.from_bytes(tag[4:8], "big") for tag in tags if tag[:4] == name]
        for place, value in enumerate(point):
            number = round(value * 65536) & 0xFFFFFFFF
            profile[offset + 8 + 4 * place : offset + 12 + 4 * place] = number.to_bytes(4, "big")
    return bytes(profile)


#: (red, green, blue) in the wide space, and the same colour in sRGB, reckoned apart from the code by the matrices
#: of the standards.
WIDE = [
    ("Display P3", (200, 100, 50), (215, 93, 31)),
    ("Display P3", (60, 160, 90), (0, 163, 82)),
    ("Adobe RGB", (180, 120, 60), (198, 120, 56)),
    ("Adobe RGB", (128, 128, 128), (128, 128, 128)),
]


@pytest.mark.parametrize(("space", "color", "same"), WIDE)
@pytest.mark.parametrize("format", ["JPEG", "PNG", "TIFF"])
def test_wide_colours_become_what_they_look_like(format, space, color, same):
    """A phone's or a camera's wide colours are moved to sRGB, not read as if they were sRGB."""
    options = {"quality": 100} if format == "JPEG" else {}
    content = picture_bytes(format, color=color, icc_profile=wide_profile(space), **options)
    assert close(clean(content).getpixel((100, 100)), same, tolerance=3)


def test_a_print_desk_s_colours_go_through_their_own_profile():
    """CMYK has no agreed meaning: with a profile it is that profile's, without one the plain arithmetic."""
    picture = Image.new("CMYK", (60, 60), (0, 255, 255, 0))
    assert close(clean(picture_bytes("TIFF", picture=picture)).getpixel((5, 5)), (255, 0, 0), tolerance=2)
    broken = picture_bytes("TIFF", picture=picture, icc_profile=wide_profile("Adobe RGB"))
    assert close(clean(broken).getpixel((5, 5)), (255, 0, 0), tolerance=2)


def deep_png(pixel, size=(40, 40)):
    """A PNG of 16 bits a channel, which Pillow reads and cannot write."""

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", *size, 16, 2, 0, 0, 0)
    row = b"\0" + struct.pack(">HHH", *pixel) * size[0]
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(row * size[1])) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def test_sixteen_bit_colours_keep_their_tones():
    """A scan in deep colour is scaled channel by channel."""
    picture = clean(deep_png((0x8000, 0x4000, 0xFFFF)))
    assert picture.mode == "RGB"
    assert close(picture.getpixel((5, 5)), (128, 64, 255), tolerance=1)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "CMYK", "I;16"])
def test_a_large_picture_is_worked_on_in_bands_without_a_seam(mode):
    """Whatever the mode, the parts of a picture that was made smaller fit together."""
    picture = Image.linear_gradient("L").resize((90, 2600))
    picture = picture.convert("RGB").convert(mode) if mode != "I;16" else picture.convert("I").convert("I;16")
    format = "TIFF" if mode == "CMYK" else "PNG"
    small = open_clean(ContentFile(picture_bytes(format, picture=picture)), share=0.5)
    assert small.size == (45, 1300)
    column = [small.getpixel((20, row))[0] for row in range(1300)]
    if mode == "I;16":
        assert max(column) == 0  # 0 to 255 of 65,535: as dark as it was
    else:
        steps = [after - before for before, after in zip(column, column[1:], strict=False)]
        assert max(map(abs, steps)) <= 2
        assert column[-1] - column[0] > 240


def test_a_broken_or_foreign_profile_is_ignored():
    """Rubbish in the profile, or the profile of another colour space, does not spoil a sound picture."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (b"rubbish", lab):
        picture = clean(picture_bytes("PNG", picture=two_halves(), icc_profile=profile))
        assert close(picture.getpixel((10, 40)), RED, tolerance=2)


def test_a_phone_s_double_jpeg_is_read_as_its_first_picture():
    """Phones hide a second picture behind the first (MPO); the first one is what was meant."""
    content = picture_bytes(
        "MPO", picture=two_halves(), save_all=True, append_images=[Image.new("RGB", (120, 80))]
    )
    assert check_picture(ContentFile(content)).format == "JPEG"
    assert close(clean(content).getpixel((10, 40)), RED)


def test_only_the_first_frame_of_an_animation_is_used():
    """An animated GIF becomes a still."""
    frames = [Image.new("RGB", (120, 80), BLUE)]
    content = picture_bytes("GIF", picture=two_halves(), save_all=True, append_images=frames)
    assert close(clean(content).getpixel((10, 40)), RED)
