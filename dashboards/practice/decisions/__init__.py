"""Decision tables on the page: in a room, on the knowledge page, and the sheet people write in."""
