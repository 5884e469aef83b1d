"""Microsoft Dynamics 365 Business Central, through version 2.0 of its API: OData over one company.

Facts come from the vendor's reference of that version (`MicrosoftDocs/dynamics365smb-devitpro-pb`)
and, where that is silent, from the vendor's source of the API's pages (`microsoft/ALAppExtensions`, APIV2).
Names of entities and properties are the ones used there.
"""

from crossdock.connector import Integration
from crossdock.connector.pace import Rate
from crossdock.integrations.erp.business_central import (
    account,
    choices,
    lists,
    oauth,
    odata,
    purchase_orders,
    receipts,
    sales_orders,
    shipments,
)

integration = Integration(
    type="erp",
    name="business_central",
    display_name="Dynamics 365 Business Central",
    description="Microsoft's ERP; a connection is one company of an environment.",
    credential_fields=account.FIELDS,
    access=account.access,
    credential_check=account.CHECK,
    token=account.TOKEN,
    oauth=oauth.GRANT,
    pace=Rate(6000, 300),
    interpret=odata.interpret,
    words=odata.words,
    blamed=odata.blamed,
    lists=lists.OPERATIONS,
    writes=[
        *sales_orders.OPERATIONS,
        shipments.OPERATION,
        *purchase_orders.OPERATIONS,
        receipts.OPERATION,
    ],
    options=choices.OPTIONS,
)
