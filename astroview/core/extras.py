"""What the distribution is called, what its extras hold, and how to say that one is missing."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from astroview.core.errors import AstroviewError
from astroview.core.texts import Text

DISTRIBUTION = "astroview-app"  # on the package index "astroview" is another project's
# Packages that only an extra brings, by what is imported; pyproject.toml lists them by extra.
EXTRA_OF = {
    "anywidget": "notebook",
    "asdf": "jwst",
    "asdf_astropy": "jwst",
    "astroalign": "sky",
    "astroquery": "gather",
    "dask": "cluster",
    "distributed": "cluster",
    "drizzle": "stack",
    "fsspec": "cluster",
    "gwcs": "jwst",
    "imagehash": "train",
    "lightning_fabric": "train",
    "matplotlib": "gather",
    "onnx": "onnx",
    "onnxruntime": "onnx",
    "onnxscript": "onnx",
    "rawpy": "raw",
    "s3fs": "cluster",
    "spandrel": "community",
    "tensorboard": "tensorboard",
    "torchvision": "perceptual",
}
PURPOSES = {
    "cluster": "working on a cluster or in an object store",
    "community": "running models that others trained for photographs",
    "gather": "fetching frames from archives",
    "jwst": "reading the sky coordinates of JWST and Roman files",
    "notebook": "showing before and after as a widget",
    "onnx": "writing models as ONNX, and running those of others",
    "perceptual": "comparing the features of VGG19 and the baselines of colour",
    "raw": "reading raw photographs",
    "sky": "laying a picture on a frame by its stars",
    "stack": "drizzling frames, and laying turned ones on each other by their stars",
    "tensorboard": "writing TensorBoard logs",
    "train": "training, curating, scoring, and taking palettes of folders",
}


def install(extra: str = "") -> str:
    """The command that installs astroview with an extra."""
    return f"pip install '{DISTRIBUTION}[{extra}]'" if extra else f"pip install {DISTRIBUTION}"


def missing(extra: str, *packages: str) -> AstroviewError:
    """The error that an extra is missing, in one sentence with the command that brings it."""
    named = f" ({', '.join(packages)})" if packages else ""
    return AstroviewError(
        Text(
            "{get} needs packages that are not installed{named}",
            get=PURPOSES.get(extra, extra),
            named=named,
        ),
        hint=how_to_get(extra),
    )


def how_to_get(extra: str) -> Text:
    """What to run for an extra; a bundle of the program takes none up."""
    if getattr(sys, "frozen", False):
        return Text(
            "This package of astroview cannot take them up. In an environment of Python, run: "
            "{install}",
            install=install(extra),
        )
    return Text("Run: {install}", install=install(extra))


def need(extra: str) -> None:
    """Raise `missing` unless all packages of an extra are there; nothing is imported."""
    if gone := _gone(extra):
        raise missing(extra, *gone)


def has(extra: str) -> bool:
    """Whether all packages of an extra are there; nothing is imported."""
    return not _gone(extra)


def _gone(extra: str) -> list[str]:
    return [name for name, of in EXTRA_OF.items() if of == extra and find_spec(name) is None]


def explained(problem: ImportError) -> AstroviewError | None:
    """What an import that failed means for a user; None where it is a fault of ours."""
    root = (problem.name or "").partition(".")[0]
    if root in EXTRA_OF:
        return missing(EXTRA_OF[root], root)
    return _stranger(root) if root in ("astroview", "trainer") else None


def _stranger(name: str) -> AstroviewError | None:
    """Another project's package of a name that astroview uses, where Python finds it first."""
    package = sys.modules.get(name)
    file = getattr(package, "__file__", None)
    ours = Path(__file__).resolve().parents[2] / name
    if file is None or Path(file).resolve().parent == ours:
        return None
    return AstroviewError(
        Text(
            "another project's package “{name}” is installed where astroview's own "
            "should be ({parent})",
            name=name,
            parent=Path(file).parent,
        ),
        hint=Text(
            "Install astroview into an environment of its own: python -m venv sky, then "
            "sky/bin/{install}",
            install=install(),
        ),
    )
