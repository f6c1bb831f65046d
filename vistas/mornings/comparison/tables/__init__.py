"""Tables of objects: joined by their keys, rows of one owner together."""
