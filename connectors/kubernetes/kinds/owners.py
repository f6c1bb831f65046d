"""Who made an object."""

from __future__ import annotations

from connectors.kubernetes.objects import Object, each, part, text


def owner(thing: Object) -> tuple[str, str]:
    """Kind and name of the controller, the Deployment instead of its ReplicaSet; empty texts where nobody did.

    A Deployment's ReplicaSet is called after it and the hash that its pods carry, so no further list is needed.
    """
    metadata = part(thing, "metadata")
    for reference in each(metadata, "ownerReferences"):
        if reference.get("controller"):
            kind, name = text(reference, "kind"), text(reference, "name")
            made_by = f"-{text(part(metadata, 'labels'), 'pod-template-hash')}"
            if kind == "ReplicaSet" and made_by != "-" and name.endswith(made_by):
                return "Deployment", name.removesuffix(made_by)
            return kind, name
    return "", ""
