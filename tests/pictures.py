"""Files as citizens send them, made here so that none of them is anybody's."""

import io

from PIL import Image

WHERE, WHEN = (52.090700, 5.121400), "2026-11-21T20:15:00"
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
VOICE = b"OggS\x00\x02" + bytes(200)
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
"""What every scanner takes for malware by agreement; it does nothing."""


def photo(*, told: bool = False, size: tuple[int, int] = (1200, 900)) -> bytes:
    """A picture as a telephone makes it; ``told``: it says where and when."""
    image, out, exif = Image.new("RGB", size, (180, 90, 40)), io.BytesIO(), Image.Exif()
    image.paste((40, 90, 180), (0, 0, size[0] // 2, size[1] // 2))
    if told:
        exif[0x010F], exif[0x0110] = "Merk", "Telefoon 7"
        exif.get_ifd(0x8769)[0x9003] = "2026:11:21 20:15:00"
        gps = exif.get_ifd(0x8825)
        gps[1], gps[2], gps[3], gps[4] = "N", (52.0, 5.0, 26.52), "E", (5.0, 7.0, 17.04)
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def sticker() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (512, 512), (250, 200, 0)).save(out, "WEBP")
    return out.getvalue()
