"""`crossdock` that knows the made-up vendor of `list_vendor` only."""

from crossdock.catalog import Catalog
from crossdock.cli import main
from tests.support.list_vendor import INTEGRATION

Catalog.installed = classmethod(lambda cls: cls([INTEGRATION]))  # type: ignore[method-assign, assignment]

if __name__ == "__main__":
    main()
