"""Stand-ins for vendor systems. They know their vendor's specification and nothing of Crossdock."""
