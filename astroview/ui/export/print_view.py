"""The view on paper and as PDF: the picture in the screen's pixels or finer, scale and credit as
lines and letters that any size keeps sharp.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QObject, QRectF, QSize, Signal
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QFileDialog, QWidget

from astroview.core.atomic_write import replacing
from astroview.ui.i18n.translate import noted, tr
from astroview.ui.shell.notice import Notice

MARGIN_MM = 12.0
DPI = 300
PDF = noted("PDF page (*.pdf)")
Paint = Callable[[QPainter, QSize], None]


class PrintView(QObject):
    """Asks for a printer or a file, and paints the view on one page.

    Parameters
    ----------
    paint
        Paints the view with scale bar and credit line, of the `size` in logical pixels.
    told
        What a document says of itself: title.

    Signals
    -------
    notice : `Notice`
    """

    notice = Signal(object)

    def __init__(
        self, window: QWidget, paint: Paint, size: Callable[[], QSize], told: Callable[[], str]
    ) -> None:
        super().__init__(window)
        self._window, self._paint, self._size, self._told = window, paint, size, told

    def choose_printer(self, *_: object) -> None:
        """Ask the system for a printer, and print."""
        try:
            from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
        except ImportError:  # a Qt without printing
            self.notice.emit(Notice(tr("This system cannot print."), tr("Save the view as PDF.")))
            return
        if not QPrinterInfo.availablePrinterNames():
            hint = tr("Save the view as PDF, and print that elsewhere.")
            self.notice.emit(Notice(tr("There is no printer."), hint))
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._lay_out(printer)
        dialog = QPrintDialog(printer, self._window)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            self._draw(printer)
            self.notice.emit(Notice(tr("The view was sent to the printer."), "", "done"))

    def choose_file(self, folder: Path, name: str) -> None:
        """Ask where the PDF goes, and write it."""
        start = str(folder / f"{name}_view.pdf")
        chosen, _ = QFileDialog.getSaveFileName(self._window, tr("Save as PDF"), start, tr(PDF))
        if chosen:
            path = Path(chosen)
            self.write_pdf(path if path.suffix else path.with_suffix(".pdf"))

    def write_pdf(self, path: Path) -> None:
        """Write the view as one page, all or nothing."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setTitle(self._told())
        writer.setCreator("astroview")
        writer.setResolution(DPI)
        self._lay_out(writer)
        self._draw(writer)
        try:
            with replacing(path) as file:
                file.write(bytes(buffer.data().data()))
        except OSError as problem:
            told = tr(
                "{name} cannot be written: {strerror}",
                name=path.name,
                strerror=problem.strerror or problem,
            )
            hint = tr("See whether you may write in {parent}.", parent=path.parent)
            self.notice.emit(Notice(told, hint, "error"))
            return
        self.notice.emit(Notice.saved(path))

    def _lay_out(self, device: QPagedPaintDevice) -> None:
        """A4, turned as the view is."""
        size = self._size()
        wide = size.width() > size.height()
        device.setPageLayout(
            QPageLayout(
                QPageSize(QPageSize.PageSizeId.A4),
                QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait,
                QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM),
                QPageLayout.Unit.Millimeter,
            )
        )

    def _draw(self, device: QPagedPaintDevice) -> None:
        """The view in the middle of the page, as large as fits."""
        size = self._size()
        painter = QPainter(device)
        page = QRectF(painter.viewport())
        scale = min(page.width() / size.width(), page.height() / size.height())
        painter.translate(
            (page.width() - scale * size.width()) / 2, (page.height() - scale * size.height()) / 2
        )
        painter.scale(scale, scale)
        self._paint(painter, size)
        painter.end()
