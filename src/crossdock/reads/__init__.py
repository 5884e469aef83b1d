"""Reading the stored records: filters, pages and tags."""
