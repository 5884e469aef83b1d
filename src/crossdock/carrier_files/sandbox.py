"""The carrier sandbox: a connection whose files are made here, the same each time."""

import csv
import io
import random
import secrets
from collections.abc import Mapping, Sequence
from decimal import Decimal

import sqlalchemy as sa

from crossdock.carrier_files import folder
from crossdock.carrier_files.files import CarrierFiles
from crossdock.carrier_invoices.formats.ups_columns import NAMES
from crossdock.connections.access import Access
from crossdock.connections.install import TOKEN_PREFIX
from crossdock.connections.keys import digest
from crossdock.connections.opened import opened
from crossdock.connections.vault import Vault
from crossdock.connector import Integration
from crossdock.storage import accounts, carrier_files
from crossdock.storage.database import Database
from crossdock.storage.records import remove_all

SEED = 7
SHIPMENTS = 20
PARCELS = 15
TOKEN_FIELD = "access_token"  # noqa: S105  (the name of a field, not a secret)

_CHARGES = (("FRT", "Transportation Charges"), ("FSC", "Fuel Surcharges"), ("ACC", "Accessorial Charges"))
_SURCHARGES = ("Base price", "Energy surcharge", "Toll surcharge", "Peak surcharge")


async def fill(
    database: Database,
    vault: Vault,
    access: Access,
    files: CarrierFiles,
    organisation_id: str,
    integration: Integration,
) -> tuple[str, str]:
    """Makes the organisation's carrier sandbox, or fills it anew: its connection and token, which stay.

    Nothing of it is announced, as with the first sync of a connection.
    """
    connection_id, token = await database.write(_make, vault, organisation_id, integration)
    folder.drop_all(files.root, connection_id)
    connection = await access.connection_by_id(connection_id)
    for name, content in (("ups-2026-03.csv", _ups()), ("dpd-2026-03.csv", _dpd())):
        taken = await files.take(connection, io.BytesIO(content), name, silent=True)
        await files.read(taken.row.id, silent=True)
    return connection_id, token


def _make(db: sa.Connection, vault: Vault, organisation_id: str, integration: Integration) -> tuple[str, str]:
    accounts.lock_organisation(db, organisation_id)
    made = accounts.connection_to(db, organisation_id, integration.type, integration.name)
    if made is not None:
        carrier_files.remove_all(db, made.id)
        remove_all(db, made.id)
        return made.id, vault.decrypt(made.credentials)[TOKEN_FIELD]
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    connection_id = accounts.add_connection(
        db,
        organisation_id=organisation_id,
        integration_type=integration.type,
        integration_name=integration.name,
        credentials=vault.encrypt({"account_number": "", TOKEN_FIELD: token}),
        token_digest=digest(token),
        allowed_actions=None,
    )
    opened(db, vault, connection_id, integration, token)
    return connection_id, token


def _cents(chance: random.Random, most: int) -> Decimal:
    return Decimal(chance.randint(100, most)) / 100


def _ups() -> bytes:
    """An invoice of UPS in which every shipment adds up."""
    chance = random.Random(SEED)  # noqa: S311  (sample data)
    rows: list[Mapping[str, str]] = []
    for number in range(SHIPMENTS):
        found = [(*charge, _cents(chance, 9_000), _cents(chance, 500)) for charge in _CHARGES]
        found = found[: chance.randint(1, len(found))]
        shared = {
            "Version": "6.1",
            "Account Number": "0000A1",
            "Account Country": "US",
            "Invoice Date": "2026-03-31",
            "Invoice Number": "000000A1136",
            "Invoice Type Code": "01",
            "Invoice Currency Code": "USD",
            "Invoice Amount": str(sum(net for _, _, net, _ in found)),
            "Transaction Date": f"2026-03-{1 + number:02}",
            "Lead Shipment Number": f"1Z0000A1{number:010}",
            "Tracking Number": f"1Z0000A1{number:010}",
            "Package Quantity": "1",
            "Transaction Currency Code": "USD",
            "Original Service Description": "UPS Ground",
        }
        rows += [
            shared
            | {
                "Charge Classification Code": code,
                "Charge Description Code": code,
                "Charge Description": called,
                "Basis Value": str(net + off),
                "Incentive Amount": str(off),
                "Net Amount": str(net),
            }
            for code, called, net, off in found
        ]
    return _csv(NAMES, rows, ",")


def _dpd() -> bytes:
    """An invoice of DPD in English in which every parcel adds up."""
    chance = random.Random(SEED + 1)  # noqa: S311  (sample data)
    rows: list[Mapping[str, str]] = []
    for number in range(PARCELS):
        charges = {name: _cents(chance, 1_200) for name in _SURCHARGES[: chance.randint(1, len(_SURCHARGES))]}
        rows.append(
            {
                "Type": "P",
                "Customer number": "00000001",
                "Customer name": "Example Supplies",
                "Invoice number": "00000136",
                "Invoice date": "20260331",
                "Parcel number": f"0000000000{number:04}",
                "Service": "Classic",
                "Shipment date": f"202603{1 + number:02}",
                **{name: str(amount) for name, amount in charges.items()},
                "Total amount": str(sum(charges.values())),
                "VAT percentage": "21",
            }
        )
    names = (*list(rows[0])[:8], *_SURCHARGES, "Total amount", "VAT percentage")
    return _csv(names, rows, ";")


def _csv(names: Sequence[str], rows: Sequence[Mapping[str, str]], delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
