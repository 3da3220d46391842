"""A result in a running notebook: before and after under a line that is dragged, by anywidget.

The page of `notebook_view` needs nothing installed and stays in a saved notebook; a widget answers
Python as well: ``place`` can be set, linked to another widget's, and observed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import anywidget
import traitlets

from astroview.core.enhance.enhanced import preview_png
from astroview.core.enhance.notebook_view import words_of
from astroview.core.errors import UnreadableFrame

if TYPE_CHECKING:
    from astroview.core.enhance.enhanced import Enhanced

_DRAW = """
const url = (bytes) => URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
function picture(name) {
  const shown = document.createElement("img");
  shown.alt = name;
  shown.draggable = false;
  shown.style.cssText = "width:100%;display:block;image-rendering:pixelated";
  return shown;
}
function render({ model, el }) {
  const box = document.createElement("div"), words = document.createElement("div");
  const after = picture("after"), before = picture("before"), line = document.createElement("div");
  const slider = document.createElement("input");
  box.style.cssText = "position:relative;max-width:640px;cursor:ew-resize;touch-action:none";
  before.style.cssText += ";position:absolute;left:0;top:0;height:100%";
  line.style.cssText = "position:absolute;top:0;bottom:0;width:2px;background:#fff8;left:50%";
  Object.assign(slider, { type: "range", min: 0, max: 1, step: 0.01 });
  slider.setAttribute("aria-label", "before and after");
  slider.style.cssText = "width:100%;max-width:640px;margin:4px 0;display:block";
  const put = (place) => {
    model.set("place", Math.min(1, Math.max(0, place)));
    model.save_changes();
  };
  const drag = (event) => {
    if (event.buttons) {
      const { left, width } = box.getBoundingClientRect();
      put((event.clientX - left) / width);
    }
  };
  const place = () => {
    const share = 100 * model.get("place");
    before.style.clipPath = `inset(0 ${100 - share}% 0 0)`;
    line.style.left = `${share}%`;
    slider.value = model.get("place");
  };
  const show = () => {
    const alone = model.get("before").byteLength === 0;
    for (const part of [before, line, slider]) part.hidden = alone;
    for (const [name, shown] of [["after", after], ["before", before]]) {
      URL.revokeObjectURL(shown.src);
      shown.src = url(model.get(name));
    }
    words.replaceChildren(...model.get("words").map((line) => {
      const row = document.createElement("div");
      row.textContent = line;
      return row;
    }));
  };
  box.addEventListener("pointerdown", (event) => {
    box.setPointerCapture(event.pointerId);
    drag(event);
  });
  box.addEventListener("pointermove", drag);
  slider.addEventListener("input", () => put(slider.valueAsNumber));
  model.on("change:place", place);
  for (const name of ["after", "before", "words"]) model.on(`change:${name}`, show);
  box.append(after, before, line);
  el.append(box, slider, words);
  show();
  place();
  return () => [before, after].forEach((shown) => URL.revokeObjectURL(shown.src));
}
export default { render };
"""


class BeforeAfter(anywidget.AnyWidget):
    """The line between before (left of it) and after; ``place`` from 0 (all after) to 1."""

    _esm = _DRAW
    after = traitlets.Bytes().tag(sync=True)
    before = traitlets.Bytes(b"").tag(sync=True)
    words = traitlets.List(traitlets.Unicode()).tag(sync=True)
    place = traitlets.Float(0.5, min=0.0, max=1.0).tag(sync=True)


def widget(result: Enhanced) -> BeforeAfter:
    """The widget of a result; of the picture alone where the frame it was made of is gone."""
    before = b""
    if result.before is not None:
        try:
            before = preview_png(result.before, result.stretch)
        except UnreadableFrame:
            before = b""
    after = preview_png(result.frame, result.stretch)
    return BeforeAfter(after=after, before=before, words=list(words_of(result)))
