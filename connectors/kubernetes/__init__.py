"""A Kubernetes cluster as a source: the landscape's objects, and what stands out among them.

`access` reads, `listing` pages, `kinds/` turns each kind of object into a row, `judging/` says what stands out.
"""
