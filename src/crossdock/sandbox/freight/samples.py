"""What a new freight sandbox is made of, all of it invented."""

COMPANIES = (
    ("example-ltd", "Example Ltd"),
    ("sample-gmbh", "Sample GmbH"),
    ("example-llc", "Example LLC"),
)
"""Reference and name."""

PLACES = (
    ("factory-1", "Factory", "1 Example Road", "Ningbo", "Zhejiang", "315000", "CN"),
    ("factory-2", "Second factory", "3 Beispielweg", "Offenbach", "Hessen", "63065", "DE"),
    ("warehouse-1", "West warehouse", "2 Sample Street", "Long Beach", "CA", "90802", "US"),
    ("warehouse-2", "East warehouse", "4 Sample Street", "Edison", "NJ", "08817", "US"),
)
"""Reference, name and address."""

METHODS = ("ocean", "ocean", "air", "ocean", "truck")
ROUTES = {
    "ocean": ("factory-1", "warehouse-1", "CNNGB", "USLAX"),
    "air": ("factory-2", "warehouse-2", "DEFRA", "USJFK"),
    "truck": ("warehouse-1", "warehouse-2", "", ""),
}
"""Origin and destination, and the ports between."""

GOODS = (("Mugs", "691110"), ("Scarves", "611710"), ("Lamps", "940521"), ("Chairs", "940171"))
"""What it is, and its HS code."""
