"""A stand-in for a Shopify shop's Admin GraphQL API, that holds to the schema that Shopify publishes."""

from crossdock.doubles.shopify.app import ShopifyDouble
from crossdock.doubles.shopify.cost import Points

__all__ = ["Points", "ShopifyDouble"]
