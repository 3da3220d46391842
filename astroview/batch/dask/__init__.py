"""A batch on a Dask cluster; nothing else here needs Dask."""
