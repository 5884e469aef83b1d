"""What a database is filled with: a company, goods, people to buy and to sell, and stock. All of it over RPC.

Every sale and purchase is invoiced by hand, so that no accounts are needed.
"""

from typing import Any

from crossdock.doubles.tryton.rpc import Rpc, decimal

USER = "crossdock"
PASSWORD = "crossdock-1"  # noqa: S105  (of a server of the tests' own)
GROUPS = (
    "Sales",
    "Sales Administrator",
    "Purchase",
    "Stock",
    "Stock Force Assignment",
    "Party Administration",
)

SKUS = ("SKU-01", "SKU-02", "SKU-03", "SKU-04")
STOCKED = 10000
"""Units of each product in the storage zone."""


def fill(url: str, database: str) -> None:
    """Fills an empty database in which the modules are active. Raises `TrytonRefused`."""
    rpc = Rpc(url, database)
    try:
        _company(rpc)
        _parties(rpc)
        _goods(rpc)
    finally:
        rpc.close()


def _company(rpc: Rpc) -> None:
    (user,) = rpc.search("res.user", [["login", "=", "admin"]])
    every = [group["id"] for group in rpc.search("res.group", [])]
    rpc.write("res.user", user["id"], {"groups": [["add", every]]})
    rate = [["create", [{"date": _date(2020, 1, 1), "rate": decimal(1)}]]]
    other = [["create", [{"date": _date(2020, 1, 1), "rate": decimal("1.1")}]]]
    euro, _ = rpc.create(
        "currency.currency",
        {"name": "Euro", "code": "EUR", "symbol": "E", "numeric_code": "978", "rates": rate},
        {"name": "US Dollar", "code": "USD", "symbol": "$", "numeric_code": "840", "rates": other},
    )
    (party,) = rpc.create("party.party", _party("Example Goods", "1 Depot Road"))
    (company,) = rpc.create("company.company", {"party": party, "currency": euro, "timezone": "UTC"})
    belongs = {"companies": [["add", [company]]], "company": company}
    rpc.write("res.user", user["id"], belongs)
    groups = [group["id"] for group in rpc.search("res.group", [["name", "in", list(GROUPS)]])]
    rpc.create(
        "res.user",
        belongs | {"name": "Crossdock", "login": USER, "password": PASSWORD, "groups": [["add", groups]]},
    )
    rpc.context = {"company": company}
    for name in ("sale", "purchase"):
        rpc(f"model.{name}.configuration.write", [1], {f"{name}_invoice_method": "manual"})
    (employee,) = rpc.create("party.party", {"name": "Grace Example"})
    rpc.create("company.employee", {"party": employee, "company": company})


def _parties(rpc: Rpc) -> None:
    rpc.create(
        "party.party",
        _party("Ada Example", "1 Sample Street", ("email", "ada@example.com"), ("phone", "+32 2 123 45 67")),
        _party("Example Supplies", "2 Sample Street"),
    )


def _party(name: str, street: str, *ways: tuple[str, str]) -> dict[str, Any]:
    address = {"street_unstructured": street, "postal_code": "62701", "city": "Springfield"}
    mechanisms = [{"type": kind, "value": value} for kind, value in ways]
    return {
        "name": name,
        "addresses": [["create", [address]]],
        "contact_mechanisms": [["create", mechanisms]],
    }


def _goods(rpc: Rpc) -> None:
    (unit,) = rpc.search("product.uom", [["symbol", "=", "u"]])
    (supplier,) = rpc.search("party.party", [["name", "=", "Example Supplies"]])
    (euro,) = rpc.search("currency.currency", [["code", "=", "EUR"]])
    templates = rpc.create("product.template", *[product(sku, unit["id"]) for sku in SKUS])
    rpc.create(
        "purchase.product_supplier",
        *[
            {
                "template": template,
                "party": supplier["id"],
                "currency": euro["id"],
                "code": f"S-{sku}",
                "prices": [["create", [{"quantity": 0, "unit_price": decimal(4)}]]],
            }
            for template, sku in zip(templates, SKUS, strict=True)
        ],
    )
    stock(rpc, [row["id"] for row in rpc.search("product.product", [])], STOCKED)


def product(sku: str, unit: int) -> dict[str, Any]:
    """A `product.template` with one product that is bought and sold by the piece."""
    return {
        "name": f"Product {sku}",
        "type": "goods",
        "default_uom": unit,
        "salable": True,
        "sale_uom": unit,
        "purchasable": True,
        "purchase_uom": unit,
        "list_price": decimal("9.99"),
        "products": [["create", [{"suffix_code": sku, "cost_price": decimal("4.5")}]]],
    }


def stock(rpc: Rpc, products: list[int], quantity: float) -> None:
    """Puts that many of each product into the storage zone, by an inventory."""
    (zone,) = rpc.search("stock.location", [["code", "=", "STO"]])
    lines = [{"product": product_id, "quantity": quantity} for product_id in products]
    made = rpc.create("stock.inventory", {"location": zone["id"], "lines": [["create", lines]]})
    rpc("model.stock.inventory.confirm", made)


def _date(year: int, month: int, day: int) -> dict[str, Any]:
    return {"__class__": "date", "year": year, "month": month, "day": day}
