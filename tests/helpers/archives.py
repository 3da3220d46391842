"""Archives on this machine: answers of the shape that the real ones give, of our own making.

Each kind of question is counted, and a file can be made to fail in the ways files do.
"""

from __future__ import annotations

import io
import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import numpy as np
from astropy.io import fits
from PIL import Image

SIDE = 100
FORM = """<html><body><form action="runquery.pl" method="post">
<input type="text" name="Position" value="">
<select name="survey" id="Optical:DSS" multiple>
<option value="DSS2 Red">DSS2 Red</option><option value="DSS2 Blue">DSS2 Blue</option>
</select>
<input type="hidden" name="scaling" value="Log">
</form></body></html>"""
RESULT = '<html><body><a href="../../tempspace/fits/skv{0}.fits">FITS</a></body></html>'
SDSS_ROWS = "#Table1\nrun,rerun,camcol,field\n3900,301,6,{0}\n3900,301,6,{1}\n"


def frame(seed: int) -> bytes:
    """A FITS file."""
    held = io.BytesIO()
    sky = np.random.default_rng(seed).normal(100, 5, (SIDE, SIDE)).astype(np.float32)
    fits.PrimaryHDU(sky).writeto(held)
    return held.getvalue()


def picture(seed: int) -> bytes:
    """A JPEG file."""
    held = io.BytesIO()
    noise = np.random.default_rng(seed).integers(0, 255, (SIDE, SIDE, 3), np.uint8)
    Image.fromarray(noise).save(held, "JPEG")
    return held.getvalue()


class Archives(ThreadingHTTPServer):
    """The server; ``address`` is its root, ``asked`` counts questions by kind."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.asked: Counter[str] = Counter()
        self.gone: set[str] = set()  # names that are answered with 404
        self.busy = 0  # files that are answered with 503 first
        self.torn: set[str] = set()  # names whose first answer breaks off half way
        self.ranges: list[str] = []
        self.agents: set[str] = set()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def config(self, folder: Path) -> Path:
        """A configuration folder for astroquery that points here."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "astroquery.cfg").write_text(
            f"[mast]\nserver = {self.address}\n"
            f"[skyview]\nurl = {self.address}/current/cgi/basicform.pl\n"
            f"[sdss]\nskyserver_baseurl = {self.address}/sdss\nsas_baseurl = {self.address}/sas\n"
        )
        return folder


@contextmanager
def serving() -> Iterator[Archives]:
    with Archives() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class Answers(BaseHTTPRequestHandler):
    """One question."""

    server: Archives

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        asked = {k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()}
        self.server.agents.add(self.headers.get("User-Agent", ""))
        if path.startswith("/sesame"):
            self._sesame(unquote(urlsplit(self.path).query))
        elif path == "/hips2fits":
            seed = int(float(asked["ra"]) * 1e4)
            self._file(asked["ra"], picture(seed) if asked["format"] == "jpg" else frame(seed))
        elif path.endswith("basicform.pl"):
            self._say("form", FORM.encode(), "text/html")
        elif path.endswith("runquery.pl"):
            number = self.server.asked["query"]
            self._say("query", RESULT.format(number).encode(), "text/html")
        else:
            name = Path(unquote(asked.get("uri", path))).name
            self._file(name, frame(sum(name.encode())))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if self.path.endswith("columnsconfig"):
            text = {"separator": ";", "vot.datatype": "char"}
            names = ("obs_collection", "dataproduct_type", "dataRights")
            self._say("columns", json.dumps(dict.fromkeys(names, text)).encode(), "text/json")
        elif self.path.startswith("/sdss"):
            number = 10 * self.server.asked["sdss"]
            self._say("sdss", SDSS_ROWS.format(number, number + 1).encode(), "text/csv")
        else:
            request = json.loads(unquote(body.removeprefix("request=")))
            products = request["service"] == "Mast.Caom.Products"
            rows = PRODUCTS if products else OBSERVATIONS
            self._say("products" if products else "observations", _table(rows), "text/json")

    def _sesame(self, name: str) -> None:
        known = b"# M101\n#=S=Simbad\n%J 210.802429 +54.348750 = 14:03:12.58 +54:20:55.50\n"
        found = known if "M101" in name.replace(" ", "") else b"#!Sesame: nothing found\n"
        self._say("sesame", found, "text/plain")

    def _file(self, name: str, content: bytes) -> None:
        server = self.server
        server.asked["file"] += 1
        if server.busy:
            server.busy -= 1
            self.send_response(503)
            self.send_header("Retry-After", "0")
            self.end_headers()
            return
        if name in server.gone:
            self.send_error(404)
            return
        start = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
        if start:
            server.ranges.append(f"{name}:{start}")
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        if name in server.torn:
            server.torn.discard(name)
            self.wfile.write(content[start : len(content) // 2])
            return
        self.wfile.write(content[start:])

    def _say(self, kind: str, content: bytes, what: str) -> None:
        self.server.asked[kind] += 1
        self.send_response(200)
        self.send_header("Content-Type", what)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _table(rows: list[dict[str, str]]) -> bytes:
    paging = {"page": 1, "pageSize": 50000, "pagesFiltered": 1, "rows": len(rows),
              "rowsFiltered": len(rows), "rowsTotal": len(rows)}  # fmt: skip
    fields = [{"name": name, "type": "string"} for name in rows[0]]
    answer = {"status": "COMPLETE", "msg": "", "data": rows, "fields": fields, "paging": paging}
    return json.dumps(answer).encode()


OBSERVATIONS = [
    {"obsid": str(k), "obs_id": f"hst_{k}", "obs_collection": "HLA", "target_name": "M101",
     "dataproduct_type": "image"}
    for k in range(4)
]  # fmt: skip
PRODUCTS = [
    {"obsID": str(k), "productType": kind, "productFilename": f"hst_{k}_{name}",
     "dataURI": f"mast:HLA/url/hst_{k}_{name}"}
    for k in range(4)
    for kind, name in (
        ("SCIENCE", "acs_flt.fits"), ("SCIENCE", "acs_drz.fits"), ("PREVIEW", "acs_drz.jpg"),
    )
]  # fmt: skip
