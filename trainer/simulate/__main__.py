"""python -m trainer.simulate --out resources/samples"""

import argparse
from pathlib import Path

from .sample_frames import write_all


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m trainer.simulate", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("resources/samples"))
    for path in write_all(parser.parse_args().out):
        print(f"{path}  {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
