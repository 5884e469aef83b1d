"""One running Crossdock for all cases of a worker."""

from collections.abc import Iterator

import pytest

from crossdock.conformance import Bench, open_bench


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A Crossdock of the suite's own."""
    with open_bench(tmp_path_factory.mktemp("crossdock")) as running:
        yield running
