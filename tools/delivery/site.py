"""Build the documentation as a site into ``site/``; ends with 1 on any warning.

python -m tools.delivery.site
"""

from __future__ import annotations

import os
import subprocess
import sys

from tools.delivery.release import ROOT


def main() -> int:
    """Build it."""
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "--quiet"]
    quiet = os.environ | {"NO_MKDOCS_2_WARNING": "1"}  # the theme's news are none of our pages
    done = subprocess.run(build, cwd=ROOT, env=quiet, check=False)
    if done.returncode == 0:
        pages = sum(1 for _ in (ROOT / "site").rglob("*.html"))
        print(f"{ROOT / 'site'}: {pages} pages, no warnings")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
