"""What the bodies of sales orders and purchase orders have in common, and how far a new order goes."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from crossdock.connector import Rule
from crossdock.connector.operation import KnownChoices
from crossdock.integrations.erp.tryton.values import AMOUNT, DAY, NAME, QUANTITY, RECORD_ID, TEXT, shape
from crossdock.schemas.fields import described

State = Annotated[
    Literal["draft", "quotation", "confirmed"],
    described(
        "How far the order goes in Tryton; `confirmed` if it is left out. A confirmed order is processed as "
        "Tryton is set up to, and can be changed no more.",
        "confirmed",
    ),
]
STEPS = {"draft": (), "quotation": ("quote",), "confirmed": ("quote", "confirm")}
"""The buttons of an order that lead from a draft to each state."""

LINE = {
    "properties": {
        "item_id": RECORD_ID,
        "sku": NAME,
        "description": TEXT,
        "quantity": QUANTITY,
        "unit_price": AMOUNT,
        "unit_cost": AMOUNT,
    },
    "anyOf": [{"required": ["item_id"]}, {"required": ["sku"]}],
}


def rules(party: str) -> Any:
    """The rules of an order of somebody, named by that field."""

    def of_order(choices: KnownChoices) -> Sequence[Rule]:  # noqa: ARG001
        return [
            shape(
                "An order has 1 to 200 lines; each names its product by item_id, sku or both, and has a "
                "quantity above 0.",
                line_items={"minItems": 1, "maxItems": 200, "items": LINE},
                reference_id=NAME,
                order_date=DAY,
                required_ship_date=DAY,
                expected_arrival_date=DAY,
                **{party: RECORD_ID},
            ),
            Rule(f"A reference_id stands for one order of a {party.removesuffix('_id')}, once."),
            Rule("Only drafts can be changed, and only drafts and quotations cancelled: so it is in Tryton."),
        ]

    return of_order
