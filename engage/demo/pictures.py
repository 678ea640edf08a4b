"""Three small drawings that stand for photos, and the door they come through: that of every photo."""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image, ImageDraw

from engage.uploads import actions as uploads
from engage.uploads.models import Upload
from engage.uploads.pictures import check

SIZE = (1200, 800)
SMOOTH = 2  # drawn this much larger, then reduced: soft edges
WALL, GROUND, STONE, DARK, WOOD = "#efe6d6", "#b9b3a6", "#8d8778", "#2f3b40", "#8a5a34"
TEAL, GLASS, LEAF, TRUNK, YELLOW = "#0b4f57", "#bcd8da", "#5f8a4a", "#6b4a32", "#e6b422"

Draw = ImageDraw.ImageDraw


def _house(draw: Draw) -> None:
    """A wall, a glass door, a pavement."""
    draw.rectangle((0, 0, 2400, 1180), fill=WALL)
    draw.rectangle((0, 1180, 2400, 1600), fill=GROUND)
    draw.rectangle((260, 420, 700, 1180), fill=TEAL)
    draw.rectangle((310, 480, 650, 1120), fill=GLASS)
    draw.ellipse((600, 800, 636, 836), fill=DARK)


def _ramp(draw: Draw) -> None:
    """A steep ramp up to the door, with its rail and the blue sign."""
    _house(draw)
    draw.polygon([(700, 1080), (700, 1180), (1900, 1420), (2000, 1420), (2000, 1400)], fill=STONE)
    draw.line([(720, 780), (1960, 1120)], fill=DARK, width=26)
    for x, top in ((740, 786), (1150, 898), (1560, 1010), (1940, 1114)):
        draw.line([(x, top), (x, top + 290)], fill=DARK, width=18)
    draw.rounded_rectangle((1500, 300, 1860, 660), 40, fill="#1f4e9e")
    draw.ellipse((1650, 350, 1706, 406), fill="white")
    draw.line([(1678, 410), (1678, 500), (1760, 500), (1796, 590)], fill="white", width=30, joint="curve")
    draw.arc((1576, 440, 1756, 620), 40, 300, fill="white", width=24)


def _wheel(draw: Draw, x: int, y: int) -> None:
    draw.ellipse((x - 190, y - 190, x + 190, y + 190), outline=DARK, width=22)
    draw.ellipse((x - 18, y - 18, x + 18, y + 18), fill=DARK)


def _bike(draw: Draw) -> None:
    """A bicycle tied to a lime tree."""
    _house(draw)
    draw.rectangle((1740, 520, 1860, 1400), fill=TRUNK)
    for box in ((1360, 40, 1960, 560), (1640, 0, 2260, 520), (1500, 240, 2120, 700)):
        draw.ellipse(box, fill=LEAF)
    _wheel(draw, 1120, 1260)
    _wheel(draw, 1680, 1260)
    draw.line([(1120, 1260), (1290, 960), (1560, 960), (1680, 1260)], fill=TEAL, width=26)
    draw.line([(1290, 960), (1400, 1260), (1560, 960)], fill=TEAL, width=26)
    draw.line([(1120, 1260), (1400, 1260)], fill=TEAL, width=26)
    draw.line([(1250, 880), (1330, 880)], fill=DARK, width=34)
    draw.line([(1560, 960), (1540, 850), (1640, 830)], fill=DARK, width=22)
    draw.arc((1560, 980, 1900, 1130), 0, 360, fill=YELLOW, width=20)


def _step(draw: Draw) -> None:
    """A corridor and a step of the same colour as the floor."""
    draw.rectangle((0, 0, 2400, 900), fill=WALL)
    draw.polygon([(0, 900), (2400, 900), (2400, 1600), (0, 1600)], fill=GROUND)
    for left in (180, 1720):
        draw.rectangle((left, 260, left + 480, 900), fill=WOOD)
        draw.ellipse((left + 400, 580, left + 440, 620), fill=YELLOW)
    draw.polygon([(0, 1120), (2400, 1120), (2400, 1180), (0, 1180)], fill="#b0aa9d")
    draw.line([(0, 1120), (2400, 1120)], fill="#a9a396", width=6)


DRAWN: dict[str, tuple[Callable[[Draw], None], str]] = {
    "ramp": (_ramp, "La rampe devant la porte, raide et longue, avec sa main courante"),
    "bike": (_bike, "Un vélo attaché au tilleul, devant l’entrée"),
    "step": (_step, "Une marche dans un couloir, de la même couleur que le sol"),
}


def drawn(name: str) -> bytes:
    """The picture as a phone would send it."""
    large = Image.new("RGB", (SIZE[0] * SMOOTH, SIZE[1] * SMOOTH))
    DRAWN[name][0](ImageDraw.Draw(large))
    sent = io.BytesIO()
    large.resize(SIZE, Image.Resampling.LANCZOS).save(sent, "JPEG", quality=88)
    return sent.getvalue()


def kept(name: str) -> Upload:
    """The picture, checked and drawn again as every photo that comes in."""
    data = drawn(name)
    return uploads.keep(check(data, max_bytes=len(data)), alt=DRAWN[name][1])
