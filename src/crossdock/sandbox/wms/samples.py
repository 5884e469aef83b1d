"""What a new sandbox is made of: goods, places, carriers and people, all of them invented."""

CATEGORIES = (
    ("BAG", "Canvas bag", ("Natural", "Navy", "Olive", "Black"), 24.0, (40, 35, 12, 0.4)),
    ("MUG", "Stoneware mug", ("White", "Blue", "Green", "Grey"), 14.5, (12, 12, 11, 0.5)),
    ("TEE", "Cotton t-shirt", ("Small", "Medium", "Large", "X-Large"), 19.9, (30, 25, 2, 0.2)),
    ("SOCK", "Wool socks", ("Small", "Medium", "Large"), 12.0, (22, 12, 4, 0.1)),
    ("NOTE", "Notebook", ("Plain", "Ruled", "Dotted"), 9.5, (21, 15, 2, 0.3)),
    ("PEN", "Fountain pen", ("Fine", "Medium", "Broad"), 32.0, (15, 4, 3, 0.1)),
    ("LAMP", "Desk lamp", ("Brass", "Black", "White"), 64.0, (45, 22, 22, 1.8)),
    ("TEA", "Loose tea 100 g", ("Assam", "Sencha", "Rooibos", "Mint"), 8.9, (10, 10, 12, 0.15)),
    ("POT", "Teapot", ("0.6 l", "1.0 l"), 39.0, (24, 18, 16, 1.2)),
    ("TOWEL", "Linen towel", ("White", "Sand", "Slate"), 17.0, (28, 20, 3, 0.3)),
    ("CANDLE", "Beeswax candle", ("Short", "Tall", "Pillar"), 11.0, (25, 6, 6, 0.4)),
)
"""SKU stem, name, variants, price in USD, and length, width, height (cm) and weight (kg): 36 products."""

KITS = (
    ("KIT-TEA", "Tea for two", (("POT-1", 1), ("MUG-1", 2), ("TEA-1", 1))),
    ("KIT-DESK", "Desk starter", (("LAMP-2", 1), ("NOTE-2", 2), ("PEN-2", 1))),
    ("KIT-COSY", "Cosy evening", (("SOCK-2", 1), ("CANDLE-2", 2), ("TEA-4", 1))),
    ("KIT-GIFT", "Gift bag", (("BAG-1", 1), ("MUG-2", 1), ("NOTE-3", 1))),
)

WAREHOUSES = (
    (
        "East warehouse",
        "EAST",
        {
            "address1": "1 Example Dock Road",
            "city": "Edison",
            "state": "NJ",
            "postal_code": "08817",
            "country": "United States",
        },
    ),
    (
        "West warehouse",
        "WEST",
        {
            "address1": "2 Sample Freight Way",
            "city": "Reno",
            "state": "NV",
            "postal_code": "89502",
            "country": "United States",
        },
    ),
)

LOCATIONS = (
    ("A-01", "shelf"),
    ("A-02", "shelf"),
    ("B-01", "pallet"),
    ("RECV", "receiving"),
    ("HOLD", "quarantine"),
)
"""Name and type of the locations of each warehouse."""

SHIPPING_METHODS = (
    ("Ground", "parcel-one", "Parcel One", None),
    ("Two Day", "parcel-one", "Parcel One", None),
    ("Priority Overnight", "swift-air", "Swift Air", None),
    ("Freight", "sample-freight", "Sample Freight", None),
)
"""Name, carrier id, carrier name and SCAC, which invented carriers lack."""

CHANNELS = ("Web shop", "Marketplace", "Wholesale")
SUPPLIERS = ("Example Mills", "Sample Pottery", "Demo Paper Works")

PEOPLE = ("Ada Example", "Ben Sample", "Cleo Demo", "Dan Specimen", "Eve Instance", "Finn Mockup")
CITIES = (
    ("Portland", "OR", "97201"),
    ("Austin", "TX", "78701"),
    ("Chicago", "IL", "60601"),
    ("Boston", "MA", "02108"),
    ("Denver", "CO", "80202"),
    ("Atlanta", "GA", "30303"),
)
