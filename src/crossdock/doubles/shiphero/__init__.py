"""A stand-in for ShipHero's public GraphQL API that keeps an account and holds to the vendor's schema."""

from crossdock.doubles.shiphero.app import ShipHeroDouble
from crossdock.doubles.shiphero.credits import Credits
from crossdock.doubles.shiphero.identifiers import global_id

__all__ = ["Credits", "ShipHeroDouble", "global_id"]
