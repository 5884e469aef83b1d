"""Ongoing WMS, through its Goods Owner REST API.

Facts come from the vendor's OpenAPI description, version 1.0.0; names of operations and models in
this folder are the ones used there.
"""

from crossdock.connector import Integration
from crossdock.integrations.wms.ongoing import account, create_return, return_causes

integration = Integration(
    type="wms",
    name="ongoing",
    display_name="Ongoing WMS",
    description="Warehouse system for third-party logistics; a connection is one goods owner's account.",
    credential_fields=account.FIELDS,
    access=account.access,
    credential_check=account.CHECK,
    writes=[create_return.OPERATION],
    options=[return_causes.OPTION],
)
