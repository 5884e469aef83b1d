"""Carriers, whose invoices come as files; `crossdock.carrier_invoices` reads them."""
