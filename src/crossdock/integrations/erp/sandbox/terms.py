"""What the bodies of sales and purchase orders have in common: JSON Schemas of quantities and texts."""

from typing import Annotated

from crossdock.integrations.sandboxes.requests import NUMBER, TEXT
from crossdock.schemas.fields import account_value

LocationId = Annotated[str, account_value("locations", "id", "Id of the location that goods leave or enter")]

QUANTITY = {"minimum": 0.001, "maximum": 1_000_000}
PRICE = {"minimum": 0, "maximum": 1_000_000_000}
CURRENCY = {"pattern": "^[A-Z]{3}$"}
TEXT_OF_ONE = {**TEXT, "minLength": 1}
NUMBER_OF_ONE = {**NUMBER, "minLength": 1}
