"""One order, one inbound shipment and one return into every connected warehouse, whatever system it runs.

What is sent is written down once, below. What each account wants otherwise is asked of write-info: fields
that it does not take are left out, and where it needs one of its own values, the first that it accepts is
chosen.

    python examples/same_bodies.py ACCOUNTS.json

The file is what `crossdock demo --accounts ACCOUNTS.json` writes: the address of a Crossdock, an API key, and
for each account its token and an order that it shipped, which a return can be about.
"""

import json
import sys
import uuid
from pathlib import Path
from typing import Any

import httpx

RUN = uuid.uuid4().hex[:8]
SIZE = {"length": 30.0, "width": 20.0, "height": 5.0, "unit": "cm", "weight": 0.5, "weight_unit": "kg"}
PERSON = {
    "full_name": "Ada Example",
    "company": "Example Ltd",
    "address1": "1 Example Street",
    "city": "Springfield",
    "state": "IL",
    "postal_code": "62701",
    "country": "US",
    "phone_number": "+1 217 555 0100",
    "email_address": "ada@example.com",
}

PRODUCT = {"sku": f"TEE-{RUN}", "name": "T-shirt, black, M", "gtin": "4006381333931", "measurements": SIZE}

ORDER = {
    "order_number": f"SO-{RUN}",
    "reference_id": f"REF-{RUN}",
    "ship_to_address": PERSON,
    "line_items": [{"quantity": 2, "unit_price": 19.5}],
}

INBOUND_SHIPMENT = {
    "purchase_order_number": f"PO-{RUN}",
    "reference_number": f"PO-{RUN}",
    "expected_arrival_date": "2030-05-01T08:00:00Z",
    "tracking_number": f"1Z{RUN}",
    "line_items": [{"expected_quantity": 50}],
}

RETURN = {
    "return_number": f"RMA-{RUN}",
    "reference_id": f"RMA-{RUN}",
    "reference_num": f"RMA-{RUN}",
    "tracking_number": f"92{RUN}",
    "carrier_id": "ups",
    "line_items": [{"quantity": 1, "expected_quantity": 1}],
}

KNOWN: dict[str, Any] = {
    "supplier": "Example Mills",
    "delivery_date": "2030-05-03T08:00:00Z",
    "shipped_date": "2030-05-03T08:00:00Z",
    "tracking_number": f"1Z{RUN}",
    "shipping_cost": 4.5,
    "shipping_price": 4.5,
    "unit_price": 19.5,
    "unit_cost": 7.25,
    "expected_weight": 0.5,
    "label_cost": 0.0,
    "shipping_method": "ground",
    "return_reason": "Too small",
    "measurements": SIZE,
    "ship_from_address": PERSON,
    **PERSON,
    **SIZE,
}
"""What the sender knows besides, for accounts that want to be told."""


class Account:
    """One connected account: what it takes, and how to send it there."""

    def __init__(self, crossdock: str, key: str, row: dict[str, Any]) -> None:
        self.name = row["integration"]
        self.shipped = row.get("shipped", {})
        headers = {"x-trackstar-api-key": key, "x-trackstar-access-token": row["access_token"]}
        self._http = httpx.Client(base_url=crossdock, headers=headers, timeout=60, trust_env=False)
        self._info = self._asked(self._http.get(f"/integrations/{self.name}/write-info"))

    def send(self, request: str, facts: dict[str, Any], **ids: str) -> dict[str, Any]:
        """The facts that the account asks for, sent; what it answers. Says what was changed about them."""
        method, path = request.split()
        content = self._info["paths"][path][method.lower()]["requestBody"]["content"]
        body = self._fitted(facts, content["application/json"]["schema"])
        headers = {"idempotency-key": str(uuid.uuid4())}
        sent = self._http.request(method, path.format(**ids), json=body, headers=headers)
        answer = self._asked(sent)
        left_out = sorted(set(facts) - set(body))
        added = {name: value for name, value in body.items() if name not in facts}
        print(f"  {request}: id {answer['id']}")
        if added:
            print(f"      write-info asked for {json.dumps(added)}")
        if left_out:
            print(f"      and has no {', '.join(left_out)}")
        return answer

    def _fitted(self, facts: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
        schema = self._resolved(schema)
        required = schema.get("required", [])
        body = {}
        for name, field in schema["properties"].items():
            if name in facts or name in required:
                body[name] = self._value(name, facts, field)
        return body

    def _value(self, name: str, facts: dict[str, Any], field: dict[str, Any]) -> Any:
        field = self._resolved(field)
        if field.get("type") == "object":
            return self._fitted(facts.get(name) or KNOWN.get(name) or facts, field)
        if "array" in field.get("type", "") and isinstance(field.get("items"), dict) and field["items"]:
            items = facts.get(name) or [facts]
            return [self._fitted(item, field["items"]) if isinstance(item, dict) else item for item in items]
        value = facts.get(name, KNOWN.get(name))
        if "enum" in field and value not in field["enum"]:
            return field["enum"][0]
        if value is None:
            raise SystemExit(f"{self.name} needs {name}, which nobody here knows: {field.get('description')}")
        return int(value) if field.get("type") == "integer" else value

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        name = schema.get("$ref", "").rpartition("/")[2]
        resolved: dict[str, Any] = self._info["components"]["schemas"][name] if name else schema
        return resolved

    def _asked(self, answer: httpx.Response) -> dict[str, Any]:
        if answer.status_code != 200:
            raise SystemExit(f"{self.name} answered {answer.status_code}: {answer.text}")
        decoded: dict[str, Any] = answer.json()
        return decoded


def item_of(product: dict[str, Any]) -> dict[str, str]:
    """What a line can call a product by."""
    items = product["data"]["inventory_items"]
    item_id = items[0]["inventory_item_id"] if items else product["id"]
    return {"sku": product["data"]["sku"], "product_id": product["id"], "inventory_item_id": item_id}


def with_item(facts: dict[str, Any], item: dict[str, str]) -> dict[str, Any]:
    """Facts whose lines are about that item."""
    return {**facts, "line_items": [{**line, **item} for line in facts["line_items"]]}


def send_all(account: Account) -> None:
    """The three bodies, into one account."""
    print(account.name)
    item = item_of(account.send("POST /wms/products", PRODUCT))
    order = account.send("POST /wms/orders", with_item(ORDER, item))
    inbound = account.send("POST /wms/inbound-shipments", boxed(with_item(INBOUND_SHIPMENT, item)))
    shipped = account.shipped or ship(account, inbound["id"], order["id"], item)
    account.send("POST /wms/returns", with_item({**RETURN, "order_id": shipped["order_id"]}, shipped))


def ship(account: Account, inbound_id: str, order_id: str, item: dict[str, str]) -> dict[str, str]:
    """Where no order was ever shipped, this one is, after the goods for it came in."""
    arrived = {"line_items": [{**item, "quantity": 50}]}
    account.send(
        "PUT /wms/inbound-shipments/{inbound_shipment_id}/receive", arrived, inbound_shipment_id=inbound_id
    )
    account.send("POST /wms/orders/{order_id}/shipments", {}, order_id=order_id)
    return {"order_id": order_id, **item}


def boxed(facts: dict[str, Any]) -> dict[str, Any]:
    """The same goods for who counts boxes: all lines in one, under the shipment's tracking number."""
    box = {"tracking_number": facts["tracking_number"], "line_items": facts["line_items"]}
    return {**facts, "boxes": [box]}


def main() -> None:
    """Sends everything to every warehouse account of the file."""
    told = json.loads(Path(sys.argv[1]).read_text())
    warehouses = [row for row in told["accounts"] if row["integration"].startswith("wms/")]
    for row in warehouses:
        send_all(Account(told["url"], told["key"], row))


if __name__ == "__main__":
    main()
