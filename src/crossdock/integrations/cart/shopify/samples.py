"""Records of each type of the schema in which every selected field is filled."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import msgspec

SAMPLES: Mapping[str, Any] = msgspec.json.decode((files(__package__) / "samples.json").read_bytes())
