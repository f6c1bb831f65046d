"""How values, columns and states are written for a person: the same on screen, in exports and in a terminal."""
