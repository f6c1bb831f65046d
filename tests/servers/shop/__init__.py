"""Lantern Books: one small web shop, and the two mornings that the bundled recordings show.

Everything follows from the inventory, the story and a fixed seed, so the same data come out every
time. The data go through real servers before anybody looks at them; see `scripts/record-demo`.
"""
