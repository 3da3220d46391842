"""The view as a picture for others: to the clipboard, as PNG, JPEG or SVG, a blink as a movie."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QBuffer,
    QIODevice,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetrics,
    QGuiApplication,
    QImage,
    QPainter,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QMainWindow

from astroview.core.atomic_write import never_over, replacing
from astroview.core.errors import AstroviewError, CannotSave
from astroview.core.io.paths.temp_folders import stays
from astroview.core.texts import Text
from astroview.ui.documents.comparison import Mode
from astroview.ui.documents.session import Selection
from astroview.ui.export.view_metadata import (
    ViewTold,
    as_pillow,
    encoded,
    told_of_view,
    with_metadata,
)
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.process.thread_pool import Background
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.notice import Notice
from astroview.ui.viewer.overlays.compass_and_scale import Furniture
from astroview.ui.viewer.viewer import Viewer

if TYPE_CHECKING:
    from PIL import Image

    from astroview.ui.export.print_view import PrintView

PICTURES = {
    "png": noted("PNG picture (*.png)"),
    "jpg": noted("JPEG picture (*.jpg)"),
    "svg": noted("SVG drawing (*.svg)"),
}
MOVIES = {"gif": "GIF (*.gif)", "webp": noted("Animated WebP, all colours (*.webp)")}
Chosen = Callable[[], Selection | None]


class ViewExport(QObject):
    """Serves the actions that make a picture of the view.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(
        self,
        window: QMainWindow,
        viewer: Viewer,
        furniture: Furniture,
        selection: Chosen,
        last_folder: Callable[[], str],
        originals: Callable[[], list[Path]],
    ) -> None:
        super().__init__(window)
        self._last_folder, self._originals = last_folder, originals
        self._window, self._viewer = window, viewer
        self._furniture, self._selection = furniture, selection
        self._background = Background(1, self)
        self._printing: PrintView | None = None

    @property
    def printing(self) -> PrintView:
        """The view on paper, made when it is first asked for."""
        if self._printing is None:
            from astroview.ui.export.print_view import PrintView

            self._printing = PrintView(self._window, self._paint, self._size, self.credit)
            self._printing.notice.connect(self.notice)
        return self._printing

    @property
    def busy(self) -> bool:
        """Whether something is being written."""
        return self._background.busy

    def serve(self, commands: Commands, rate: Callable[[], float]) -> None:
        """Serve the actions; ``rate`` is the blink's, in pictures a second."""
        self._rate = rate
        commands.serve(
            {
                "copy": self.copy,
                "export": self.choose_picture,
                "movie": self.choose_movie,
                "print": self.choose_printer,
                "pdf": self.choose_pdf,
            },
            possible={"movie": lambda: self._blinks},
        )

        def follow() -> None:  # frames come onto one grid in the background
            if commands.actions["movie"].isEnabled() != self._blinks:
                commands.update()

        self._viewer.shown_changed.connect(follow)

    @property
    def _blinks(self) -> bool:
        """Whether one picture after the other is shown."""
        shown = self._viewer.shown
        return self._viewer.mode is Mode.BLINK and shown is not None and shown.count > 1

    def close(self) -> None:
        """Let what is being written end."""
        self._background.close()

    # ---- the picture -------------------------------------------------------------------

    def copy(self, *_: object) -> None:
        """The view to the clipboard, as it is on screen."""
        QGuiApplication.clipboard().setImage(self._viewer.grab().toImage())
        self.notice.emit(Notice("Copied the view.", "", "done"))

    def picture(self) -> QImage:
        """The view with scale bar and credit line, in the screen's own pixels."""
        ratio = self._viewer.devicePixelRatioF()
        size = self._size()
        image = QImage(size * ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        painter = QPainter(image)
        self._paint(painter, size)
        painter.end()
        return image

    def export(self, path: Path) -> None:
        """Write the view as what the suffix says."""
        try:
            self._spare(path)
            if path.suffix.lower() == ".svg":
                self._write_svg(path)
            else:
                kind = "png" if path.suffix.lower() == ".png" else "jpeg"
                picture = self.picture()
                _write(path, encoded(picture, kind, self._told(picture.size())))
        except CannotSave as problem:
            self._refuse(problem)
            return
        self._done(path)

    def _spare(self, path: Path) -> None:
        """Raise CannotSave for a file that was opened."""
        shown = self._selection()
        never_over(path, [*self._originals(), *(shown.document.frame.originals if shown else ())])

    def credit(self) -> str:
        """What, with what, by whom, and how it was made: the line below the picture."""
        chosen = self._selection()
        if chosen is None:
            return "astroview"
        shown = self._viewer.shown
        if shown and shown.grid and self._viewer.mode in (Mode.TILE, Mode.BLINK):
            return " · ".join([*(name for _, name in shown.grid), "astroview"])
        header = chosen.document.frame.header
        words = [chosen.document.frame.name]
        for keys in (("OBJECT",), ("TELESCOP",), ("INSTRUME",), ("FILTER",), ("DATE-OBS",)):
            found = str(header.get(keys[0], "")).strip() if header is not None else ""
            if found and found not in words:
                words.append(found)
        if chosen.after is not None and self._viewer.mode is not Mode.ORIGINAL:
            words.append(chosen.beside.label if chosen.beside else _label(chosen))
        return " · ".join([*words, "astroview"])

    def _paint(self, painter: QPainter, size: QSize) -> None:
        furniture, before = self._furniture, self._furniture.on
        furniture.on = True
        self._viewer.render(painter, QPoint(0, 0))
        furniture.on = before
        strip = QRect(0, self._viewer.height(), size.width(), size.height() - self._viewer.height())
        painter.fillRect(strip, QColor("#101010"))
        painter.setFont(self._font())
        painter.setPen(QColor("#c8c8c8"))
        inner = strip.adjusted(12, 0, -12, 0)
        text = QFontMetrics(self._font()).elidedText(
            self.credit(), Qt.TextElideMode.ElideMiddle, inner.width()
        )
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter), text)

    def _font(self) -> QFont:
        font = QFont(self._viewer.font())
        # In pixels of the view: points would be those of the printer.
        font.setPixelSize(max(round(0.9 * QFontInfo(font).pixelSize()), 1))
        return font

    def _size(self) -> QSize:
        strip = QFontMetrics(self._font()).height() + 12
        return self._viewer.size() + QSize(0, strip)

    def _write_svg(self, path: Path) -> None:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        size = self._size()
        drawing = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)  # the smaller 1.2 cannot clip
        drawing.setResolution(self._viewer.logicalDpiX())  # or letters come out too small
        drawing.setOutputDevice(buffer)
        drawing.setSize(size)
        drawing.setViewBox(QRect(QPoint(0, 0), size))
        drawing.setTitle(self.credit())
        painter = QPainter(drawing)
        self._paint(painter, size)
        painter.end()
        told = self._told(size * self._viewer.devicePixelRatioF())
        _write(path, with_metadata(bytes(buffer.data().data()), told))

    def _told(self, size: QSize) -> ViewTold:
        """What a picture of the view says of itself, of so many device pixels."""
        return told_of_view(self._viewer, self._selection(), size.height(), size.width())

    # ---- the movie -----------------------------------------------------------------------

    def movie(self, path: Path) -> None:
        """Write the pictures of the blink, at its rate, in the background."""
        try:
            self._spare(path)
        except CannotSave as problem:
            self._refuse(problem)
            return
        pictures = []
        for step in self._steps():
            self._viewer.set_blink_step(step)
            pictures.append(self.picture())
        told = self._told(pictures[0].size())
        work = partial(write_movie, path, pictures, self._rate(), told)
        self._background.run(work, lambda _: self._done(path), self._refuse)

    def _steps(self) -> range:
        """Steps of a blink that show each of its pictures once: before and after, or the frames."""
        shown = self._viewer.shown
        return range(len(shown.grid)) if shown and shown.grid else range(1, -1, -1)

    # ---- asking ----------------------------------------------------------------------------

    def choose_picture(self, *_: object) -> None:
        """Ask where the picture of the view goes."""
        path = self._ask(tr("Export the view"), PICTURES, "view")
        if path:
            self.export(path)

    def choose_movie(self, *_: object) -> None:
        """Ask where the movie of the blink goes."""
        path = self._ask(tr("Save the blink as a movie"), MOVIES, "blink")
        if path:
            self.movie(path)

    def choose_printer(self, *_: object) -> None:
        """Ask which printer, and print the view."""
        self.printing.choose_printer()

    def choose_pdf(self, *_: object) -> None:
        """Ask where the view goes as a page."""
        if chosen := self._selection():
            self.printing.choose_file(self._beside(chosen), chosen.document.frame.name)

    def _ask(self, title: str, kinds: dict[str, str], what: str) -> Path | None:
        chosen = self._selection()
        if chosen is None:
            return None
        kinds = {suffix: tr(text) for suffix, text in kinds.items()}
        start = f"{chosen.document.frame.name}_{what}.{next(iter(kinds))}"
        name, kind = QFileDialog.getSaveFileName(
            self._window, title, str(self._beside(chosen) / start), ";;".join(kinds.values())
        )
        if not name:
            return None
        path = Path(name)
        suffix = next((key for key, text in kinds.items() if text == kind), next(iter(kinds)))
        known = path.suffix.lower().lstrip(".") in kinds
        return path if known else path.with_name(f"{path.name}.{suffix}")

    def _beside(self, chosen: Selection) -> Path:
        """Where the frame's file lies, unless it goes with the window."""
        path = chosen.document.frame.path
        return path.parent if stays(path) else Path(self._last_folder())

    def _done(self, path: Path) -> None:
        self.notice.emit(Notice.saved(path))

    def _refuse(self, error: AstroviewError) -> None:
        self.notice.emit(Notice.of(error))


def write_movie(path: Path, pictures: list[QImage], rate: float, told: ViewTold) -> None:
    """Pictures in turn, for ever, so many a second; GIF or WebP by suffix. Raises CannotSave."""
    from io import BytesIO

    from astroview.core.colour.colour_profiles import srgb_icc

    frames = [as_pillow(picture) for picture in pictures]
    kind = "WEBP" if path.suffix.lower() == ".webp" else "GIF"
    more = {"icc_profile": srgb_icc(3), "xmp": told.xmp}
    if kind == "GIF":  # knows neither
        frames, more = _one_palette(frames), {"comment": told.text.encode("ascii", "replace")}
    out = BytesIO()
    frames[0].save(
        out, kind, save_all=True, append_images=frames[1:], duration=round(1000 / rate), loop=0,
        **more,
    )  # fmt: skip
    _write(path, out.getvalue())


def _one_palette(frames: list[Image.Image]) -> list[Image.Image]:
    """All frames in the 256 colours that suit them together, so that nothing else flickers."""
    from PIL import Image

    both = Image.new("RGB", (frames[0].width, sum(frame.height for frame in frames)))
    top = 0
    for frame in frames:
        both.paste(frame, (0, top))
        top += frame.height
    palette = both.quantize(256)
    return [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]


def _write(path: Path, data: bytes) -> None:
    """All or nothing."""
    try:
        with replacing(path) as file:
            file.write(data)
    except OSError as problem:
        raise CannotSave(
            Text(
                "{name} cannot be written: {strerror}",
                name=path.name,
                strerror=problem.strerror or problem,
            ),
            hint=Text("See whether you may write in {parent}.", parent=path.parent),
        ) from problem


def _label(chosen: Selection) -> str:
    return chosen.result.label if chosen.result else ""
