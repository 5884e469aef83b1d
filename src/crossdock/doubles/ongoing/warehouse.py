"""A small Ongoing warehouse: articles, shipped orders, return causes, return orders. No HTTP here.

Shapes are the models of Ongoing's specification. It describes successful answers only, so when a write is
refused and in which words is ours: what the facts about the vendor say it insists on, in plain sentences.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Model = dict[str, Any]

SENT = {"number": 450, "text": "Sent"}
OPEN = {"number": 200, "text": "Open"}
RETURN_STATUSES = [
    {"number": 200, "text": "Open"},
    {"number": 300, "text": "Being received"},
    {"number": 400, "text": "Received"},
    {"number": 1000, "text": "Cancelled"},
]


class Refused(Exception):
    """The warehouse does not take a request; the message is what Ongoing would say."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


@dataclass(frozen=True, slots=True)
class ReturnCause:
    """A reason for a return, as `GetReturnCauseModel` has it."""

    code: str | None
    name: str | None
    is_remove_cause: bool = False
    is_change_cause: bool = False
    is_return_comment_mandatory: bool = False


def parse_return_cause(text: str) -> ReturnCause:
    """`CODE=NAME`, with `:remove`, `:change` or `:comment` behind it. Raises `ValueError`."""
    code, separator, rest = text.partition("=")
    name, *flags = rest.split(":")
    if not separator or not code or set(flags) - {"remove", "change", "comment"}:
        raise ValueError(f"{text!r} is not of the form CODE=NAME[:remove][:change][:comment]")
    return ReturnCause(code, name or None, "remove" in flags, "change" in flags, "comment" in flags)


DEFAULT_CAUSES = (
    ReturnCause("1", "damaged"),
    ReturnCause("13", "wrong size"),
    ReturnCause("3", "no longer needed"),
)


def now() -> str:
    """The time as Ongoing writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class GoodsOwner:
    """What belongs to one goods owner."""

    id: int
    articles: dict[str, Model] = field(default_factory=dict)
    orders: dict[int, Model] = field(default_factory=dict)
    return_orders: dict[str, Model] = field(default_factory=dict)


class Warehouse:
    """The state of one Ongoing system. Ids are unique in the whole system, as they are at Ongoing."""

    def __init__(self, return_causes: list[ReturnCause]) -> None:
        self.return_causes = return_causes
        self.goods_owners: dict[int, GoodsOwner] = {}
        self.return_orders: dict[int, Model] = {}
        self.warehouses = [
            {"id": 1, "code": "MAIN", "name": "Main warehouse"},
            {"id": 2, "code": "RETURNS", "name": "Returns department"},
        ]
        self._last = {
            "article": 500,
            "order": 1000,
            "order_line": 20000,
            "return": 7000,
            "return_line": 90000,
        }

    def next_id(self, kind: str) -> int:
        """A new number of a kind."""
        self._last[kind] += 1
        return self._last[kind]

    def article(self, owner: GoodsOwner, sku: str) -> Model:
        """The article of that number, made if it is new."""
        if sku not in owner.articles:
            owner.articles[sku] = {
                "goodsOwner": {"id": owner.id, "name": f"Goods owner {owner.id}"},
                "articleSystemId": self.next_id("article"),
                "articleNumber": sku,
                "articleName": f"Article {sku}",
                "isStockArticle": True,
                "isActive": True,
            }
        return owner.articles[sku]

    def add_order(
        self,
        owner: GoodsOwner,
        lines: list[tuple[str, int]],
        *,
        order_id: int | None = None,
        shipped: bool = True,
    ) -> int:
        """An order with one line for each (SKU, quantity); shipped unless said otherwise. Its id."""
        if order_id is None:
            order_id = self.next_id("order")
        self._last["order"] = max(self._last["order"], order_id)
        owner.orders[order_id] = {
            "goodsOwner": {"id": owner.id, "name": f"Goods owner {owner.id}"},
            "orderInfo": {
                "orderId": order_id,
                "orderNumber": f"SO-{order_id}",
                "deliveryDate": "2026-01-15T00:00:00Z",
                "createdDate": "2026-01-12T08:30:00Z",
                "shippedTime": "2026-01-15T14:05:00Z" if shipped else None,
                "orderStatus": SENT if shipped else OPEN,
                "warehouse": {"id": 1, "code": "MAIN", "name": "Main warehouse"},
            },
            "orderLines": [
                self._order_line(owner, str(row), sku, quantity, shipped)
                for row, (sku, quantity) in enumerate(lines, start=1)
            ],
        }
        return order_id

    def _order_line(self, owner: GoodsOwner, row: str, sku: str, quantity: int, shipped: bool) -> Model:
        article = self.article(owner, sku)
        return {
            "id": self.next_id("order_line"),
            "rowNumber": row,
            "article": {
                "articleSystemId": article["articleSystemId"],
                "articleNumber": sku,
                "articleName": article["articleName"],
            },
            "orderedNumberOfItems": quantity,
            "allocatedNumberOfItems": quantity,
            "pickedNumberOfItems": quantity if shipped else 0,
            "packedNumberOfItems": quantity if shipped else 0,
            "returnedNumberOfItems": 0,
            "shouldBePicked": True,
        }

    def put_return_order(self, owner: GoodsOwner, body: Model) -> int:
        """Creates or updates by the return order number. Its id. Raises `Refused`."""
        order = owner.orders.get(body["customerOrder"].get("orderId", 0))
        if order is None:
            raise Refused(f"Order {body['customerOrder'].get('orderId')} does not exist.")
        warehouse = self._warehouse(body.get("warehouseId"))
        if not body["returnOrderLines"]:
            raise Refused("A return order must have at least one line.")
        rows = [line["returnOrderRowNumber"] for line in body["returnOrderLines"]]
        if len(set(rows)) != len(rows):
            raise Refused("returnOrderRowNumber must be unique within the return order.")
        lines = [self._return_line(order, line) for line in body["returnOrderLines"]]
        number = body["returnOrderNumber"]
        earlier = owner.return_orders.get(number)
        info = {
            "returnOrderId": earlier["returnOrderInfo"]["returnOrderId"]
            if earlier
            else self.next_id("return"),
            "returnOrderNumber": number,
            "comment": body.get("comment"),
            "inDate": body.get("inDate"),
            "returnOrderStatus": OPEN,
            "warehouse": warehouse,
            "returnOrderHandlingComment": body.get("returnOrderHandlingComment"),
            "createdDate": earlier["returnOrderInfo"]["createdDate"] if earlier else now(),
            "returnOrderArrivalTime": None,
        }
        original = order["orderInfo"]
        return_order = {
            "returnOrderInfo": info,
            "customerOrderInfo": {"orderId": original["orderId"], "orderNumber": original["orderNumber"]},
            "returnOrderLines": lines,
        }
        owner.return_orders[number] = self.return_orders[info["returnOrderId"]] = return_order
        return int(info["returnOrderId"])

    def _warehouse(self, warehouse_id: int | None) -> Model:
        for warehouse in self.warehouses:
            if warehouse["id"] == (warehouse_id or 1):
                return warehouse
        raise Refused(f"Warehouse {warehouse_id} does not exist.")

    def _return_line(self, order: Model, line: Model) -> Model:
        wanted = line["customerOrderLine"].get("orderLineId")
        order_line = next((row for row in order["orderLines"] if row["id"] == wanted), None)
        if order_line is None:
            raise Refused(f"Order line {wanted} does not belong to order {order['orderInfo']['orderId']}.")
        quantity = line["toBeReturnedNumberOfItems"]
        if not 0 < quantity <= order_line["pickedNumberOfItems"]:
            shipped = order_line["pickedNumberOfItems"]
            raise Refused(f"Cannot return {quantity} of order line {wanted}: it shipped {shipped}.")
        return {
            "returnOrderLineId": self.next_id("return_line"),
            "returnOrderRowNumber": line["returnOrderRowNumber"],
            "customerOrderLine": {"orderLineId": wanted, "customerOrderRowNumber": order_line["rowNumber"]},
            "article": order_line["article"],
            "returnCause": self._return_cause(line),
            "returnedNumberOfItems": 0,
            "pickedNumberOfItems": order_line["pickedNumberOfItems"],
            "toBeReturnedNumberOfItems": quantity,
            "returnedRemovedByInventoryNumberOfItems": 0,
            "returnedArticleItems": [],
        }

    def _return_cause(self, line: Model) -> Model | None:
        given = line.get("returnCause")
        if not given:
            return None
        cause = next((cause for cause in self.return_causes if cause.code == given.get("code")), None)
        if cause is None:
            raise Refused(f"Return cause {given.get('code')} does not exist.")
        if cause.is_return_comment_mandatory and not line.get("returnOrderLineComment"):
            raise Refused(f"Return cause {cause.code} needs a comment.")
        return {"code": cause.code, "name": cause.name}

    def receive_return(self, owner: GoodsOwner, number: str, share: float = 1.0) -> None:
        """Books that share of every line of a return order as arrived and put back in stock."""
        order = owner.return_orders[number]
        for line in order["returnOrderLines"]:
            line["returnedNumberOfItems"] = int(line["toBeReturnedNumberOfItems"] * share)
        order["returnOrderInfo"]["returnOrderStatus"] = RETURN_STATUSES[2 if share >= 1 else 1]
        order["returnOrderInfo"]["returnOrderArrivalTime"] = now()
