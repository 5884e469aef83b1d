"""Invoice files of carriers: taken in, kept, read into line items, and given out again."""
