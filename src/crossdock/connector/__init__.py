"""The kit that a connector is written with. It knows the vocabulary and nothing else of Crossdock."""

from crossdock.connector.integration import CredentialCheck, CredentialField, Integration
from crossdock.connector.operation import Choices, LeftOut, Option, Rule, WriteOperation
from crossdock.connector.vendor import Access, Account, VendorAnswer, VendorRequest
from crossdock.errors import FieldFault, Unprocessable

__all__ = [
    "Access",
    "Account",
    "Choices",
    "CredentialCheck",
    "CredentialField",
    "FieldFault",
    "Integration",
    "LeftOut",
    "Option",
    "Rule",
    "Unprocessable",
    "VendorAnswer",
    "VendorRequest",
    "WriteOperation",
]
