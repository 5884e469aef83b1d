"""A shop in a running Vendure: what it needs to take orders, and orders themselves, made through its own
APIs."""

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

ADMIN_PATH = "/admin-api"
USER = "superadmin"
PASSWORD = "vendure-password-1"  # noqa: S105  (of a server that only tests reach)
TOKEN_HEADER = "vendure-auth-token"  # noqa: S105  (the name of a header)

MAIN_LOCATION = "1"
SECOND_LOCATION = "2"
"""Stock locations of the seed: the one every Vendure begins with, and another."""

SKUS = ("MUG-BLUE", "MUG-RED", "SCARF")
STOCK = 100_000
PRICE = 1250
"""In minor units."""

ADDRESS = {
    "fullName": "Ada Example",
    "company": "Example Trading",
    "streetLine1": "1 Sample Street",
    "streetLine2": "Floor 2",
    "city": "Springfield",
    "province": "IL",
    "postalCode": "62701",
    "countryCode": "US",
    "phoneNumber": "5550100",
}

_numbers = itertools.count(1)


class VendureSaid(RuntimeError):
    """Vendure refused something that the seed or a test asked of it; the message has its words."""


class Shop:
    """An administrator of the Vendure at a URL, who speaks to it directly."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=60, trust_env=False)
        self._token = ""

    def close(self) -> None:
        """Closes its connections."""
        self._http.close()

    def ask(self, document: str, **variables: Any) -> Any:
        """The `data` of an answer. Raises `VendureSaid` for errors, and for error results of a root field."""
        if not self._token:
            self._token = self._log_in()
        decoded = self._post(document, variables, {"authorization": f"Bearer {self._token}"}).json()
        if decoded.get("errors"):
            raise VendureSaid(str(decoded["errors"]))
        for value in decoded["data"].values():
            if isinstance(value, dict) and "errorCode" in value:
                raise VendureSaid(str(value))
        return decoded["data"]

    def _post(
        self, document: str, variables: Mapping[str, Any], headers: Mapping[str, str]
    ) -> httpx.Response:
        body = {"query": document, "variables": dict(variables)}
        return self._http.post(ADMIN_PATH, json=body, headers=dict(headers))

    def _log_in(self) -> str:
        document = "mutation($u: String!, $p: String!) { login(username: $u, password: $p) { __typename } }"
        answer = self._post(document, {"u": USER, "p": PASSWORD}, {})
        if TOKEN_HEADER not in answer.headers:
            raise VendureSaid(answer.text)
        return answer.headers[TOKEN_HEADER]

    def log_out(self) -> None:
        """Ends every session of the administrator; the next question begins a new one."""
        self.ask("mutation { logout { success } }")
        self._token = ""

    def set_up(self) -> None:
        """Country, zone, taxes, shipping, payment, a second stock location, a customer and products."""
        country = self.made(
            "createCountry",
            "CreateCountryInput!",
            {
                "code": "US",
                "enabled": True,
                "translations": [{"languageCode": "en", "name": "United States"}],
            },
        )
        zone = self.made("createZone", "CreateZoneInput!", {"name": "America", "memberIds": [country]})
        category = self.made(
            "createTaxCategory",
            "CreateTaxCategoryInput!",
            {
                "name": "Standard",
                "isDefault": True,
            },
        )
        self.made(
            "createTaxRate",
            "CreateTaxRateInput!",
            {
                "name": "Standard",
                "enabled": True,
                "value": 20,
                "categoryId": category,
                "zoneId": zone,
            },
        )
        document = "mutation($i: UpdateChannelInput!) { r: updateChannel(input: $i) { __typename } }"
        self.ask(document, i={"id": "1", "defaultTaxZoneId": zone, "defaultShippingZoneId": zone})
        self.made(
            "createShippingMethod",
            "CreateShippingMethodInput!",
            {
                "code": "standard",
                "fulfillmentHandler": "manual-fulfillment",
                "checker": {
                    "code": "default-shipping-eligibility-checker",
                    "arguments": [{"name": "orderMinimum", "value": "0"}],
                },
                "calculator": {
                    "code": "default-shipping-calculator",
                    "arguments": [
                        {"name": "rate", "value": "500"},
                        {"name": "includesTax", "value": "exclude"},
                        {"name": "taxRate", "value": "0"},
                    ],
                },
                "translations": [{"languageCode": "en", "name": "Standard Shipping", "description": ""}],
            },
        )
        self.made(
            "createPaymentMethod",
            "CreatePaymentMethodInput!",
            {
                "code": "dummy",
                "enabled": True,
                "handler": {
                    "code": "dummy-payment-handler",
                    "arguments": [{"name": "automaticSettle", "value": "true"}],
                },
                "translations": [{"languageCode": "en", "name": "Dummy", "description": ""}],
            },
        )
        self.location("East", "The second stock location")
        self.ask(
            "mutation($i: CreateCustomerInput!) { r: createCustomer(input: $i) { __typename "
            "... on ErrorResult { errorCode message } } }",
            i={"firstName": "Ada", "lastName": "Example", "emailAddress": "ada@example.com"},
        )
        self.product("Mug", SKUS[:2])
        self.product("Scarf", SKUS[2:])

    def made(self, mutation: str, input_type: str, given: Mapping[str, Any]) -> str:
        """The id of what a mutation with one `input` makes."""
        document = f"mutation($i: {input_type}) {{ made: {mutation}(input: $i) {{ id }} }}"
        return str(self.ask(document, i=given)["made"]["id"])

    def location(self, name: str, description: str = "") -> str:
        """The id of a new stock location."""
        given = {"name": name, "description": description}
        return self.made("createStockLocation", "CreateStockLocationInput!", given)

    def product(self, name: str, skus: Sequence[str]) -> tuple[str, Sequence[str]]:
        """The id of a new product and of its variants, one for each SKU, with stock in the main location."""
        product = self.made(
            "createProduct",
            "CreateProductInput!",
            {
                "enabled": True,
                "translations": [
                    {
                        "languageCode": "en",
                        "name": name,
                        "slug": f"{name.lower()}-{next(_numbers)}",
                        "description": f"A {name.lower()}",
                    }
                ],
            },
        )
        options = self._options(product, name, skus) if len(skus) > 1 else [[] for _ in skus]
        variants = [
            {
                "productId": product,
                "sku": sku,
                "price": PRICE,
                "trackInventory": "TRUE",
                "optionIds": option,
                "stockLevels": [{"stockLocationId": MAIN_LOCATION, "stockOnHand": STOCK}],
                "translations": [{"languageCode": "en", "name": f"{name} {sku}"}],
            }
            for sku, option in zip(skus, options, strict=True)
        ]
        document = (
            "mutation($i: [CreateProductVariantInput!]!) { made: createProductVariants(input: $i) { id } }"
        )
        return product, [str(row["id"]) for row in self.ask(document, i=variants)["made"]]

    def _options(self, product: str, name: str, skus: Sequence[str]) -> list[list[str]]:
        """One option for each SKU: variants of a product have to differ in them."""
        code = f"{name.lower()}-kind-{next(_numbers)}"
        named = [{"languageCode": "en", "name": f"{name} kind"}]
        document = (
            "mutation($i: CreateProductOptionGroupInput!) "
            "{ made: createProductOptionGroup(input: $i) { id options { id } } }"
        )
        options = [
            {"code": sku.lower(), "translations": [{"languageCode": "en", "name": sku}]} for sku in skus
        ]
        group = self.ask(document, i={"code": code, "translations": named, "options": options})["made"]
        self.ask(
            "mutation($p: ID!, $g: ID!) "
            "{ r: addOptionGroupToProduct(productId: $p, optionGroupId: $g) { id } }",
            p=product,
            g=group["id"],
        )
        return [[option["id"]] for option in group["options"]]

    def variant(self, sku: str) -> dict[str, Any]:
        """The variant of that SKU: `id`, `productId`, `stockOnHand` by location under `stock`."""
        found = self.ask(
            "query($s: String!) { productVariants(options: { filter: { sku: { eq: $s } } }) "
            "{ items { id productId sku stockLevels { stockLocationId stockOnHand } } } }",
            s=sku,
        )["productVariants"]["items"][0]
        stock = {level["stockLocationId"]: level["stockOnHand"] for level in found["stockLevels"]}
        return {**found, "stock": stock}

    def order(self, lines: Mapping[str, int] | None = None, *, paid: bool = True) -> dict[str, Any]:
        """A placed order, as `found_order` shows it; `lines` are quantities by SKU."""
        order = str(self.ask("mutation { made: createDraftOrder { id } }")["made"]["id"])
        for sku, quantity in (lines or {SKUS[0]: 2, SKUS[2]: 1}).items():
            self._of_draft(
                "addItemToDraftOrder(orderId: $o, input: $i)",
                "$i: AddItemToDraftOrderInput!",
                order,
                i={"productVariantId": self.variant(sku)["id"], "quantity": quantity},
            )
        self._of_draft("setCustomerForDraftOrder(orderId: $o, customerId: $c)", "$c: ID!", order, c="1")
        for what in ("Shipping", "Billing"):
            call = f"setDraftOrder{what}Address(orderId: $o, input: $a)"
            self._of_draft(call, "$a: CreateAddressInput!", order, a=ADDRESS, result=False)
        self._of_draft(
            "setDraftOrderShippingMethod(orderId: $o, shippingMethodId: $m)", "$m: ID!", order, m="1"
        )
        self._of_draft('transitionOrderToState(id: $o, state: "ArrangingPayment")', "", order)
        if paid:
            self.pay(order)
        return self.found_order(order)

    def pay(self, order: str) -> None:
        """Pays an order that arranges its payment, by hand."""
        given = {"orderId": order, "method": "by hand", "transactionId": "T-1", "metadata": {}}
        document = (
            "mutation($i: ManualPaymentInput!) { r: addManualPaymentToOrder(input: $i) "
            "{ __typename ... on ErrorResult { errorCode message } } }"
        )
        self.ask(document, i=given)

    def _of_draft(
        self, call: str, declared: str, order: str, *, result: bool = True, **variables: Any
    ) -> None:
        error = "... on ErrorResult { errorCode message }" if result else ""
        self.ask(
            f"mutation($o: ID! {declared}) {{ r: {call} {{ __typename {error} }} }}", o=order, **variables
        )

    def found_order(self, order: str) -> dict[str, Any]:
        """The order with its lines, payments and fulfillments."""
        found: dict[str, Any] = self.ask(
            "query($o: ID!) { order(id: $o) { id code state updatedAt totalWithTax lines { id quantity "
            "productVariant { id sku } } payments { id amount state refunds { id total reason createdAt } } "
            "fulfillments { id state method trackingCode createdAt updatedAt "
            "lines { orderLineId quantity } } } }",
            o=order,
        )["order"]
        return found

    def fulfil(self, lines: Mapping[str, int], tracking: str = "", *, ship: bool = True) -> str:
        """Ships lines of an order in Vendure itself; the id of the fulfillment."""
        given = {
            "lines": [{"orderLineId": line, "quantity": units} for line, units in lines.items()],
            "handler": {
                "code": "manual-fulfillment",
                "arguments": [
                    {"name": "method", "value": "By hand"},
                    {"name": "trackingCode", "value": tracking},
                ],
            },
        }
        document = (
            "mutation($i: FulfillOrderInput!) { r: addFulfillmentToOrder(input: $i) "
            "{ __typename ... on Fulfillment { id } ... on ErrorResult { errorCode message } } }"
        )
        made = str(self.ask(document, i=given)["r"]["id"])
        if ship:
            self.move(made, "Shipped")
        return made

    def move(self, fulfillment: str, state: str) -> None:
        """Takes a fulfillment to another state."""
        self.ask(
            "mutation($f: ID!, $s: String!) { r: transitionFulfillmentToState(id: $f, state: $s) "
            "{ __typename ... on ErrorResult { errorCode message } } }",
            f=fulfillment,
            s=state,
        )
