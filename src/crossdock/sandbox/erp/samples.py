"""What a new ERP sandbox is made of, all of it invented."""

ITEMS = (
    ("STEEL-2", "Steel sheet 2 mm", "kg", 3.9, 2.4),
    ("STEEL-4", "Steel sheet 4 mm", "kg", 4.4, 2.8),
    ("BOLT-M8", "Bolt M8 x 40", "each", 0.32, 0.11),
    ("BOLT-M10", "Bolt M10 x 60", "each", 0.48, 0.17),
    ("NUT-M8", "Nut M8", "each", 0.12, 0.04),
    ("NUT-M10", "Nut M10", "each", 0.16, 0.05),
    ("HINGE-S", "Hinge, small", "each", 4.2, 1.9),
    ("HINGE-L", "Hinge, large", "each", 7.8, 3.6),
    ("PAINT-W", "Paint, white", "l", 14.5, 8.2),
    ("PAINT-G", "Paint, grey", "l", 14.5, 8.2),
    ("CABINET-1", "Cabinet, one door", "each", 189.0, 96.0),
    ("CABINET-2", "Cabinet, two doors", "each", 289.0, 148.0),
    ("SHELF-90", "Shelf 90 cm", "each", 39.0, 17.5),
    ("SHELF-120", "Shelf 120 cm", "each", 52.0, 23.0),
    ("BENCH-1", "Work bench", "each", 420.0, 231.0),
    ("DRAWER-3", "Drawer unit, three drawers", "each", 155.0, 79.0),
    ("LOCK-C", "Cylinder lock", "each", 18.0, 7.4),
    ("HANDLE-B", "Handle, brushed", "each", 6.4, 2.2),
    ("CASTOR-75", "Castor 75 mm", "each", 9.9, 4.1),
    ("FOOT-ADJ", "Adjustable foot", "each", 3.1, 1.2),
)
"""SKU, name, unit, price and cost in USD."""

LOCATIONS = (
    ("Main warehouse", "MAIN", "main", None),
    ("Hall A", "MAIN-A", "zone", "MAIN"),
    ("Hall B", "MAIN-B", "zone", "MAIN"),
    ("Rack A1", "MAIN-A-1", "bin", "MAIN-A"),
    ("Showroom", "SHOW", "store", None),
)
"""Name, code, type and the code of the location around it."""

CUSTOMERS = (
    ("Example Hardware", "Portland", "OR", "97201"),
    ("Sample Interiors", "Austin", "TX", "78701"),
    ("Demo Workshops", "Chicago", "IL", "60601"),
    ("Specimen Schools", "Boston", "MA", "02108"),
    ("Instance Offices", "Denver", "CO", "80202"),
    ("Mockup Garages", "Atlanta", "GA", "30303"),
)
VENDORS = (
    ("Example Steel", "Pittsburgh", "PA", "15222"),
    ("Sample Fasteners", "Cleveland", "OH", "44113"),
    ("Demo Paints", "Newark", "NJ", "07102"),
)
EMPLOYEES = (("Ada Example", 5000.0), ("Ben Sample", 20_000.0), ("Cleo Demo", None))
"""Name, and up to how many USD of a purchase order each may approve."""
