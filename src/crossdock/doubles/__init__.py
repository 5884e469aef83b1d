"""Stand-ins for vendor systems. They know their vendor's specification and none of Crossdock's rooms."""
