"""A sheet to draw on, in the pixels of a page, that becomes an SVG which a page may hold: no script, no address, no style of its own.

Matplotlib draws; what it adds for a lone file (its fonts, its metadata, names that two figures would share) is taken out.
"""

import io
import re
from collections.abc import Sequence
from html import escape
from typing import Any, Literal

from tznr_rules.errors import FileError
from tznr_rules.wording import typeset

INK, SOFT, LINE, PAPER = "#23262b", "#565a60", "#dedad2", "#ffffff"
DEEP, MIDDLE, LIGHT, PALE = "#14594a", "#5f9c8b", "#b5d3c9", "#e4efeb"  # one hue, from dark to light: it survives grey and colour blindness
WARM = "#b3541e"
POINTS = 72  # matplotlib counts in points; at 72 to the inch, a point is a pixel of the page
WIDE_LETTER = 0.53  # the mean width of a letter, in parts of its size
SALT = "tznr"

Anchor = Literal["left", "center", "right"]


class Sheet:
    """A blank sheet of so many pixels; the origin is at the top left, as in a page.

    Raises:
        FileError: matplotlib is not installed.
    """

    def __init__(self, width: float, height: float) -> None:
        try:
            from matplotlib.figure import Figure
        except ImportError:
            fix = "Install it: pip install 'tznr-rules[report]'."
            raise FileError(f"matplotlib is needed to draw the figures of the page. {fix}") from None
        self.width, self.height = width, height
        self._figure = Figure(figsize=(width / POINTS, height / POINTS), dpi=POINTS)
        self._axes: Any = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height, 0)
        self._axes.set_axis_off()
        self._over = 0

    def _next(self) -> int:
        """What is drawn later stands over what was drawn before."""
        self._over += 1
        return self._over

    def text(
        self, x: float, y: float, words: str, *, size: float = 14, colour: str = INK, bold: bool = False, anchor: Anchor = "left"
    ) -> None:
        """Words whose middle is at a height; ``$`` is a dollar."""
        weight = "bold" if bold else "normal"
        place = {"ha": anchor, "va": "center_baseline", "parse_math": False, "zorder": self._next()}
        self._axes.text(x, y, typeset(words), fontsize=size, color=colour, fontweight=weight, **place)

    def line(self, x0: float, y0: float, x1: float, y1: float, *, colour: str = LINE, width: float = 1, dashed: bool = False) -> None:
        style = {"ls": (0, (3, 3)) if dashed else "-", "solid_capstyle": "butt", "clip_on": False, "zorder": self._next()}
        self._axes.plot([x0, x1], [y0, y1], color=colour, lw=width, **style)

    def bar(self, x: float, y: float, width: float, height: float, *, colour: str = DEEP, edge: str | None = None) -> None:
        """A rectangle whose top left corner is at a place."""
        from matplotlib.patches import Rectangle

        self._add(Rectangle((x, y), width, height, facecolor=colour, edgecolor=edge or "none", lw=1 if edge else 0))

    def dot(self, x: float, y: float, *, radius: float = 6, colour: str = DEEP, edge: str = PAPER, width: float = 1.5) -> None:
        from matplotlib.patches import Circle

        self._add(Circle((x, y), radius, facecolor=colour, edgecolor=edge, lw=width))

    def diamond(self, x: float, y: float, *, radius: float = 6, colour: str = PAPER, edge: str = SOFT) -> None:
        from matplotlib.patches import Polygon

        corners = [(x - radius, y), (x, y - radius), (x + radius, y), (x, y + radius)]
        self._add(Polygon(corners, facecolor=colour, edgecolor=edge, lw=1.5))

    def _add(self, shape: Any) -> None:
        shape.set(clip_on=False, zorder=self._next())
        self._axes.add_patch(shape)

    def svg(self, name: str, title: str, description: str) -> str:
        """The drawing as an element of a page.

        Args:
            name: what the names inside begin with; two drawings of a page have not the same.
            title: what it shows, in a few words.
            description: what it says, for who does not see it.
        """
        import matplotlib

        written = io.StringIO()
        with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": SALT, "font.family": "DejaVu Sans"}):
            self._figure.savefig(written, format="svg", transparent=True, metadata={"Date": None})
        return _embedded(written.getvalue(), name, title, description, self.width, self.height)


def wrapped(words: str, width: float, size: float) -> list[str]:
    """Words in lines that hold within a width, in pixels; what cannot be broken is left whole.

    >>> wrapped("Aide au logement", 80, 14)
    ['Aide au', 'logement']
    """
    most = max(int(width / (WIDE_LETTER * size)), 1)
    lines: list[str] = []
    for word in words.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _embedded(drawn: str, name: str, title: str, description: str, width: float, height: float) -> str:
    """What matplotlib wrote, without what only a lone file needs."""
    body = drawn[drawn.index("<svg") :]
    body = body[body.index(">") + 1 : body.rindex("</svg>")]
    for taken_out in (r"<metadata>.*?</metadata>", r"<defs>\s*<style.*?</style>\s*</defs>", r"<!--.*?-->", r"<title>.*?</title>"):
        body = re.sub(taken_out, "", body, flags=re.S)
    used = set(re.findall(r'(?:href="#|url\(#)([\w-]+)', body))
    body = re.sub(r' id="([\w-]+)"', lambda found: f' id="{name}-{found[1]}"' if found[1] in used else "", body)
    body = re.sub(r'(?:xlink:)?href="#([\w-]+)"', rf'href="#{name}-\1"', body)
    body = re.sub(r"url\(#([\w-]+)\)", rf"url(#{name}-\1)", body)
    body = re.sub(r'style="([^"]*)"', lambda found: f'style="{_own_style(found[1])}"', body)
    body = re.sub(r"\s*\n\s*", "\n", body).strip()
    labels = f'<title id="{name}-title">{escape(title)}</title>\n<desc id="{name}-words">{escape(description)}</desc>'
    box = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" aria-labelledby="{name}-title {name}-words">\n{labels}\n{body}\n</svg>'
    )


def _own_style(style: str) -> str:
    """The style of an element without its font, which is the one of the page."""
    style = re.sub(r"font:\s*(?:(bold|\d+)\s+)?([\d.]+)px[^;]*", lambda found: _font(found[1], found[2]), style)
    style = re.sub(r"font-family:[^;]*;?\s*", "", style)
    return style.strip().replace('"', "'")


def _font(weight: str | None, size: str) -> str:
    return f"font-size: {size}px" + (f"; font-weight: {'bold' if weight in ('bold', '700') else weight}" if weight else "")


def steps(most: float, count: int) -> Sequence[float]:
    """Round values from 0 to at least the largest, about so many.

    >>> steps(730, 4)
    [0.0, 200.0, 400.0, 600.0, 800.0]
    """
    if most <= 0:
        return [0.0, 1.0]
    rough = most / count
    power = 10.0 ** len(str(int(rough))) / 10 if rough >= 1 else 1.0
    step = next(unit * power for unit in (1, 2, 2.5, 5, 10) if unit * power >= rough)
    found = [0.0]
    while found[-1] < most - 1e-9:
        found.append(found[-1] + step)
    return found
