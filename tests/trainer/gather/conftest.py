"""Archives on this machine."""

from collections.abc import Iterator

import pytest
from archives import Archives, serving


@pytest.fixture
def archives() -> Iterator[Archives]:
    with serving() as server:
        yield server
