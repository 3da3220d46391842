"""A result in a notebook: before and after under a slider, without any extension."""

from __future__ import annotations

import base64
from html import escape
from typing import TYPE_CHECKING
from uuid import uuid4

from astroview.core.enhance.enhanced import preview_png
from astroview.core.errors import UnreadableFrame
from astroview.core.io.pictures.picture_credits import made_sentences

if TYPE_CHECKING:
    from astroview.core.enhance.enhanced import Enhanced
    from astroview.core.frame import Frame

_WIDTH = 640  # CSS pixels
# Names are the page's own: two results in one notebook do not move each other.
_PAGE = """<div style="max-width:{width}px">
<div style="position:relative;line-height:0">
<img alt="after" style="width:100%;image-rendering:pixelated" src="{after}">
<img id="{name}" alt="before" style="position:absolute;left:0;top:0;width:100%;height:100%;
clip-path:inset(0 50% 0 0);image-rendering:pixelated" src="{before}">
</div>
<input type="range" min="0" max="100" value="50" aria-label="before and after"
style="width:100%;margin:4px 0" oninput="document.getElementById('{name}').style.clipPath=
'inset(0 '+(100-this.value)+'% 0 0)'">
{words}</div>"""
_ALONE = """<div style="max-width:{width}px"><img alt="result" style="width:100%" src="{after}">
{words}</div>"""


def slider(result: Enhanced) -> str:
    """HTML for a notebook; the picture alone where the frame it was made of is gone."""
    after = _inline(preview_png(result.frame, result.stretch))
    words = "".join(f"<div>{escape(line)}</div>" for line in words_of(result))
    before = _before(result)
    if before is None:
        return _ALONE.format(width=_WIDTH, after=after, words=words)
    name = f"before-{uuid4().hex}"
    return _PAGE.format(width=_WIDTH, after=after, before=before, name=name, words=words)


def _before(result: Enhanced) -> str | None:
    frame: Frame | None = result.before
    if frame is None:
        return None
    try:
        return _inline(preview_png(frame, result.stretch))
    except UnreadableFrame:
        return None


def words_of(result: Enhanced) -> tuple[str, ...]:
    """What is said below a picture: its name, its size, and what of it was painted."""
    shape = " x ".join(str(n) for n in result.samples.shape[:2])
    return (f"{result.frame.name}: {shape}", *made_sentences(result.frame))


def _inline(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}"
