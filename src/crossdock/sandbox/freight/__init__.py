"""The freight sandbox: a forwarder with companies, places, bookings and shipments."""
