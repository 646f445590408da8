"""Read feeds of any format; the table PARSERS is the whole list of them."""
