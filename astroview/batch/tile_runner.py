"""Who computes the tiles of a stack: this process, or a Dask cluster."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from astroview.core import extras
from astroview.engine.stacking.tile_work import TileRunner, on_threads


@contextmanager
def tile_runner(address: str | None) -> Generator[TileRunner]:
    """For the cluster at an address, as `dask_cluster.connected` has it; None: this process.

    Raises
    ------
    AstroviewError
        Dask is not installed, the address makes no sense, or nobody answers there.
    """
    if address is None:
        yield on_threads
        return
    try:
        from astroview.batch.dask.dask_cluster import connected
        from astroview.batch.dask.dask_tiles import DaskTiles
    except ImportError as problem:
        raise extras.missing("cluster", "dask", "distributed") from problem
    with connected(address) as client:
        yield DaskTiles(client, address)
