"""What a batch is asked to do: paths and choices, as a command line and as a file that lasts."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, replace
from pathlib import Path

from astroview.core import json_lines, settings, strict_json
from astroview.core.atomic_write import replacing_text
from astroview.core.enhance_choices import flags
from astroview.core.lazy_dataclass import dataclass
from astroview.core.settings import BatchSettings
from astroview.ui.i18n.translate import tr

log = logging.getLogger(__name__)
ON_THE_LINE = 100  # paths in the command; a system's limit of its length is never near
IN_A_REQUEST = 500  # paths in one request
AUTO = "auto"


@dataclass(frozen=True)
class BatchPlan:
    """A batch before it runs: files and folders, the output folder, and what to do."""

    paths: tuple[str, ...]
    out: str
    choices: BatchSettings

    def arguments(self) -> list[str]:
        """The command's arguments; it takes `rest` as requests."""
        chosen = self.choices
        line = ["enhance", *self.paths[:ON_THE_LINE], "--out", self.out, "--events"]
        line += ["--scale", str(chosen.scale), f"--name={chosen.pattern}"]
        line += [] if chosen.colour else ["--no-colorize"]
        if chosen.colour and chosen.colorizer != AUTO:
            line += ["--colorizer", chosen.colorizer]
        if chosen.scale > 1 and chosen.superres != AUTO:
            line += ["--superres", chosen.superres]
        line += flags(self._of_use())
        line += ["--device", chosen.device]
        line += ["--format", chosen.format] if chosen.format else []
        line += ["--memory", chosen.memory] if chosen.memory else []
        line += [part for word in chosen.include.split() for part in ("--include", word)]
        line += [] if chosen.recursive else ["--no-recursive"]
        line += ["--bands"] if chosen.bands else []
        return line + (["--watch"] if chosen.watch else [])

    def _of_use(self) -> BatchSettings:
        """The choices without those that change nothing here: equal results, equal commands."""
        chosen, usual = self.choices, BatchSettings()
        if not chosen.colour:
            chosen = replace(chosen, palette=usual.palette, vividness=usual.vividness)
        if chosen.scale == 1:
            chosen = replace(chosen, denoise=False, quality=usual.quality, values=usual.values)
            chosen = replace(chosen, data_quality=usual.data_quality)
        return chosen

    def rest(self) -> list[tuple[str, ...]]:
        """The paths that are not on the command line, in chunks."""
        starts = range(ON_THE_LINE, len(self.paths), IN_A_REQUEST)
        return [self.paths[start : start + IN_A_REQUEST] for start in starts]


@dataclass(frozen=True)
class Unfinished:
    """A batch that was begun and not ended, and how far it was."""

    plan: BatchPlan
    done: int = 0
    of: int = 0


def keep(unfinished: Unfinished) -> None:
    """Remember a batch until `forget`. Raises OSError."""
    path = settings.unfinished_batch()
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing_text(path, lasting=False) as file:
        file.write(json.dumps(asdict(unfinished)))


def recall() -> Unfinished | None:
    """The batch that was not ended; None when there is none (or none that can be read)."""
    try:
        return json_lines.build(Unfinished, strict_json.read(settings.unfinished_batch()))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as problem:
        log.warning("the unfinished batch cannot be read: %s", problem)
        strict_json.set_aside(settings.unfinished_batch())
        return None


def forget() -> None:
    """There is nothing to resume. Raises OSError."""
    settings.unfinished_batch().unlink(missing_ok=True)


def words(paths: tuple[str, ...]) -> str:
    """Where a batch's frames come from, in few words: `m31`, `m31 and 4 more`."""
    names = [Path(path).name or path for path in paths[:1]]
    if len(paths) > 1:
        return tr("{names} and {count} more", names=names[0], count=len(paths) - 1)
    return "".join(names)
