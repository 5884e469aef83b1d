"""Files of orders, articles and purchase orders: `POST` adds one, `PUT` writes the one of a name or an id.

The messages are those of the vendor's published example answers where these have one.
"""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from crossdock.doubles.double import Refused
from crossdock.doubles.ongoing.asked import Asked
from crossdock.doubles.ongoing.models import Model

HOLDERS = {
    "orders": ("orderId", "Order"),
    "articles": ("articleSystemId", "Article"),
    "purchaseOrders": ("purchaseOrderId", "Purchase order"),
}
"""What has files: the parameter with its id, and its name in a refusal."""


def _held(asked: Asked, holder: str) -> list[Model]:
    """The files of the record in the path, model `GetFileModel`. Raises `Refused`."""
    parameter, what = HOLDERS[holder]
    records = {
        "orders": asked.warehouse.orders,
        "articles": asked.warehouse.articles,
        "purchaseOrders": asked.warehouse.purchase_orders,
    }[holder]
    asked.visible(records, parameter, what)
    return asked.warehouse.files.setdefault((holder, asked.parameters[parameter]), [])


def _get(holder: str, asked: Asked) -> Any:
    return _held(asked, holder)


def _post(holder: str, asked: Asked) -> Any:
    return _written(asked, holder, _held(asked, holder), None, asked.body["fileName"])


def _put_by_name(holder: str, asked: Asked) -> Any:
    files, name = _held(asked, holder), asked.parameters["fileName"]
    if not name:
        raise Refused("fileName must not be empty.")
    there = next((file for file in files if file["fileName"] == name), None)
    return _written(asked, holder, files, there, name)


def _put_by_id(holder: str, asked: Asked) -> Any:
    files, wanted = _held(asked, holder), asked.parameters["fileId"]
    there = next((file for file in files if file["fileId"] == wanted), None)
    if there is None:
        raise Refused(f"File {wanted} does not exist.", 404)
    return _written(asked, holder, files, there, asked.body["fileName"])


def _written(asked: Asked, holder: str, files: list[Model], there: Model | None, name: str) -> Model:
    try:
        b64decode(asked.body["fileDataBase64"], validate=True)
    except NotBase64:
        raise Refused("fileDataBase64 is not Base64.") from None
    parameter, _ = HOLDERS[holder]
    file_id = there["fileId"] if there else asked.warehouse.next_id("file")
    made = {
        "fileId": file_id,
        parameter: asked.parameters[parameter],
        "fileName": name,
        "mimeType": asked.body["mimeType"],
        "fileDataBase64": asked.body["fileDataBase64"],
    }
    if there:
        files[files.index(there)] = made
    else:
        files.append(made)
    return {
        "fileId": file_id,
        "success": True,
        "message": f"FileId {file_id} {'updated' if there else 'created'}",
    }


OPERATIONS: Mapping[str, Callable[[Asked], Any]] = {
    f"{method} /{holder}/{{{parameter}}}/files{rest}": partial(operation, holder)
    for holder, (parameter, _) in HOLDERS.items()
    for method, rest, operation in (
        ("GET", "", _get),
        ("POST", "", _post),
        ("PUT", "", _put_by_name),
        ("PUT", "/{fileId}", _put_by_id),
    )
}
