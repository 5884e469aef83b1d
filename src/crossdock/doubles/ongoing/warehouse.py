"""A small Ongoing warehouse: what it keeps, its seed of shipped orders, and its return orders. No HTTP here.

Shapes are the models of Ongoing's specification. It describes successful answers only, so when a write is
refused and in which words is ours: what the facts about the vendor say it insists on, in plain sentences.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from crossdock.doubles.double import Refused
from crossdock.doubles.ongoing.causes import ReturnCause
from crossdock.doubles.ongoing.models import (
    Model,
    article_model,
    now,
    order_line_model,
    order_model,
    return_line_model,
    utc,
)
from crossdock.doubles.ongoing.statuses import BEING_RECEIVED, CANCELLED, OPEN, RECEIVED

LARGEST_ID = 2**31 - 1

TRANSPORTER_CONTRACTS: tuple[Model, ...] = (
    {
        "ediCode": "",
        "transporterName": "PostNord Sweden AB",
        "transporterCode": "PLAB",
        "transporterServiceCode": "",
        "transporterServices": [
            {"transporterServiceName": "PostNord MyPack Collect", "transporterServiceCode": "P19"},
            {"transporterServiceName": "PostNord Parcel (Nordic)", "transporterServiceCode": "P18"},
        ],
    },
    {
        "ediCode": "",
        "transporterName": "DB Schenker",
        "transporterCode": "SBTL",
        "transporterServiceCode": "",
        "transporterServices": [
            {"transporterServiceName": "DB SCHENKERparcel", "transporterServiceCode": "BPA"},
        ],
    },
)
"""As in the vendor's published example answers."""


@dataclass
class GoodsOwner:
    """What belongs to one goods owner."""

    id: int
    articles: dict[str, Model] = field(default_factory=dict)
    orders: dict[int, Model] = field(default_factory=dict)
    purchase_orders: dict[str, Model] = field(default_factory=dict)
    return_orders: dict[str, Model] = field(default_factory=dict)
    adjustments: list[tuple[int, Model]] = field(default_factory=list)


class Warehouse:
    """The state of one Ongoing system. Ids are unique in the whole system, as they are at Ongoing.

    `orders`, `articles`, `purchase_orders` and `return_orders` find a record and its goods owner by id.
    `structures` has the rows of structure articles by article id, `files` lists by holder and its id.
    """

    def __init__(self, return_causes: list[ReturnCause]) -> None:
        self.return_causes = return_causes
        self.goods_owners: dict[int, GoodsOwner] = {}
        self.orders: dict[int, tuple[GoodsOwner, Model]] = {}
        self.articles: dict[int, tuple[GoodsOwner, Model]] = {}
        self.purchase_orders: dict[int, tuple[GoodsOwner, Model]] = {}
        self.return_orders: dict[int, tuple[GoodsOwner, Model]] = {}
        self.structures: dict[int, list[Model]] = {}
        self.files: dict[tuple[str, int], list[Model]] = {}
        self.makes_articles = True
        """Whether an order makes the articles that it names and nobody knows.

        In the vendor's published examples the ids of articles follow on one another as orders and purchase
        orders name new ones, which then have an empty name. That it can be turned off is ours.
        """
        self.warehouses = [
            {"id": 1, "code": "MAIN", "name": "Main warehouse"},
            {"id": 2, "code": "RETURNS", "name": "Returns department"},
        ]
        self.ways_of_delivery: list[Model] = [
            {"id": 1, "code": "mypack", "name": "To a service point"},
            {"id": 2, "code": "home", "name": "To the door"},
        ]
        self.order_types: list[Model] = [
            {"code": "B2B", "name": "Business to business"},
            {"code": "B2C", "name": "Business to consumer"},
        ]
        self.transporter_contracts = [dict(contract) for contract in TRANSPORTER_CONTRACTS]
        self._stock: dict[int, dict[int, float]] = {}
        self._last = {
            "article": 500,
            "order": 1000,
            "order_line": 20000,
            "return": 7000,
            "return_line": 90000,
            "purchase_order": 3000,
            "purchase_order_line": 40000,
            "article_item": 60000,
            "parcel": 200,
            "file": 100,
            "consignee": 8000,
            "adjustment": 100,
        }

    def next_id(self, kind: str) -> int:
        """A new number of a kind."""
        self._last[kind] += 1
        return self._last[kind]

    def article(self, owner: GoodsOwner, sku: str) -> Model:
        """The article of that number, made if it is new."""
        if sku not in owner.articles:
            made = article_model(owner.id, self.next_id("article"), sku)
            owner.articles[sku] = made
            self.articles[made["articleSystemId"]] = (owner, made)
        return owner.articles[sku]

    def ordered_article(self, owner: GoodsOwner, sku: str) -> Model:
        """The article that an order names, made with an empty name if it is new. Raises `Refused`."""
        if sku not in owner.articles:
            if not self.makes_articles:
                raise Refused(f"Article {sku} does not exist.")
            self.article(owner, sku)["articleName"] = ""
        return owner.articles[sku]

    def stock_of(self, article_id: int) -> dict[int, float]:
        """Units in stock by warehouse id."""
        return self._stock.setdefault(article_id, {1: 100})

    def add_order(
        self,
        owner: GoodsOwner,
        lines: Sequence[tuple[str, int]],
        *,
        order_id: int | None = None,
        ordered: Sequence[int] | None = None,
    ) -> int:
        """An order with one line for each (SKU, shipped quantity); its id.

        `ordered` has the ordered quantity of each line where it differs from the shipped one. An order of
        the same goods owner with that id is replaced. Raises `ValueError` for what cannot be an order.
        """
        if ordered is None:
            ordered = [shipped for _, shipped in lines]
        if len(ordered) != len(lines) or any(not sku for sku, _ in lines):
            raise ValueError("each line of an order has a SKU, a shipped and an ordered quantity")
        if any(not 0 <= shipped <= of for (_, shipped), of in zip(lines, ordered, strict=True)):
            raise ValueError("a shipped quantity is from 0 to the ordered one")
        if order_id is None:
            order_id = self.next_id("order")
        if not 1 <= order_id <= LARGEST_ID:
            raise ValueError(f"an order id is from 1 to {LARGEST_ID}")
        if order_id in self.orders and self.orders[order_id][0] is not owner:
            raise ValueError(f"order {order_id} belongs to another goods owner")
        self._last["order"] = max(self._last["order"], order_id)
        order_lines = [
            order_line_model(self.next_id("order_line"), row, self.article(owner, sku), shipped, of)
            for row, ((sku, shipped), of) in enumerate(zip(lines, ordered, strict=True), start=1)
        ]
        made = order_model(owner.id, order_id, order_lines, self.warehouse(1))
        owner.orders[order_id] = made
        self.orders[order_id] = (owner, made)
        return order_id

    def put_return_order(self, owner: GoodsOwner, body: Model) -> int:
        """Creates or updates by the return order number; its id. Raises `Refused`.

        `body` is a `PostReturnOrderModel`. What arrived on a row stays with it when it is put again.
        """
        order_id = body["customerOrder"].get("orderId")
        if order_id not in owner.orders:
            raise Refused(f"Order {order_id} does not exist.")
        order = owner.orders[order_id]
        warehouse = self.warehouse(body.get("warehouseId"))
        self._check_return_lines(order, body["returnOrderLines"])
        number = body["returnOrderNumber"]
        earlier = owner.return_orders.get(number)
        earlier_info = earlier["returnOrderInfo"] if earlier else {}
        if earlier_info.get("returnOrderStatus") == CANCELLED:
            raise Refused(f"Return order {number} is cancelled.")
        earlier_lines = earlier["returnOrderLines"] if earlier else []
        info = {
            "returnOrderId": earlier_info.get("returnOrderId") or self.next_id("return"),
            "returnOrderNumber": number,
            "comment": body.get("comment"),
            "inDate": utc(body.get("inDate")),
            "returnOrderStatus": earlier_info.get("returnOrderStatus", OPEN),
            "warehouse": warehouse,
            "returnOrderHandlingComment": body.get("returnOrderHandlingComment"),
            "freeValues": body.get("freeValues"),
            "createdDate": earlier_info.get("createdDate") or now(),
            "returnOrderArrivalTime": earlier_info.get("returnOrderArrivalTime"),
        }
        return_order = {
            "returnOrderInfo": info,
            "customerOrderInfo": {key: order["orderInfo"][key] for key in ("orderId", "orderNumber")},
            "returnOrderLines": [
                self._return_line(order, line, earlier_lines) for line in body["returnOrderLines"]
            ],
        }
        owner.return_orders[number] = return_order
        self.return_orders[info["returnOrderId"]] = (owner, return_order)
        return int(info["returnOrderId"])

    def warehouse(self, warehouse_id: int | None) -> Model:
        """The warehouse of that id, or the first. Raises `Refused`."""
        wanted = 1 if warehouse_id is None else warehouse_id
        for warehouse in self.warehouses:
            if warehouse["id"] == wanted:
                return warehouse
        raise Refused(f"Warehouse {warehouse_id} does not exist.")

    def _check_return_lines(self, order: Model, lines: list[Model]) -> None:
        if not lines:
            raise Refused("A return order must have at least one line.")
        rows = [line["returnOrderRowNumber"] for line in lines]
        if len(set(rows)) != len(rows):
            raise Refused("returnOrderRowNumber must be unique within the return order.")
        asked: Counter[int] = Counter()
        for line in lines:
            order_line = _order_line(order, line)
            quantity, shipped = line["toBeReturnedNumberOfItems"], order_line["pickedNumberOfItems"]
            asked[order_line["id"]] += quantity
            wanted = asked[order_line["id"]] if quantity > 0 else quantity
            if not 0 < wanted <= shipped:
                raise Refused(
                    f"Cannot return {wanted} of order line {order_line['id']}: it shipped {shipped}."
                )
            self._return_cause(line)

    def _return_line(self, order: Model, line: Model, earlier_lines: list[Model]) -> Model:
        order_line = _order_line(order, line)
        made = return_line_model(0, line, order_line, self._return_cause(line))
        row = ("returnOrderRowNumber", "customerOrderLine")
        kept = next((e for e in earlier_lines if all(e[key] == made[key] for key in row)), None)
        made["returnOrderLineId"] = kept["returnOrderLineId"] if kept else self.next_id("return_line")
        if kept:
            for key in ("returnedNumberOfItems", "returnedArticleItems"):
                made[key] = kept[key]
        return made

    def _return_cause(self, line: Model) -> Model | None:
        given = line.get("returnCause")
        if not given:
            return None
        code = given.get("code")
        cause = next((cause for cause in self.return_causes if code and cause.code == code), None)
        if cause is None:
            raise Refused(f"Return cause {code} does not exist.")
        if cause.is_return_comment_mandatory and not line.get("returnOrderLineComment"):
            raise Refused(f"Return cause {code} needs a comment.")
        return {"code": cause.code, "name": cause.name}

    def receive_return(self, owner: GoodsOwner, number: str, share: float = 1.0) -> None:
        """Books that share of every line of a return order as arrived and put back in stock."""
        return_order = owner.return_orders[number]
        order = owner.orders[return_order["customerOrderInfo"]["orderId"]]
        for line in return_order["returnOrderLines"]:
            arrived = int(line["toBeReturnedNumberOfItems"] * share)
            for order_line in order["orderLines"]:
                if order_line["id"] == line["customerOrderLine"]["orderLineId"]:
                    order_line["returnedNumberOfItems"] += arrived - line["returnedNumberOfItems"]
            line["returnedNumberOfItems"] = arrived
            line["returnedArticleItems"] = [_arrived(line, arrived)] if arrived else []
        return_order["returnOrderInfo"]["returnOrderStatus"] = RECEIVED if share >= 1 else BEING_RECEIVED
        return_order["returnOrderInfo"]["returnOrderArrivalTime"] = now()


def _order_line(order: Model, line: Model) -> Model:
    wanted = line["customerOrderLine"].get("orderLineId")
    for order_line in order["orderLines"]:
        if order_line["id"] == wanted:
            found: Model = order_line
            return found
    raise Refused(f"Order line {wanted} does not belong to order {order['orderInfo']['orderId']}.")


def _arrived(line: Model, quantity: int) -> Model:
    return {
        "numberOfItems": quantity,
        "returnTime": now(),
        "returnCause": line["returnCause"],
        "isReturnRemovedByInventory": False,
    }
