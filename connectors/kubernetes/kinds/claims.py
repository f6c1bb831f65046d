"""Volume claims, and the storage classes that say when a volume is made for one."""

from __future__ import annotations

from datetime import datetime, timedelta

from connectors.kubernetes.columns import NUMBER, TEXT, TEXTS, TIME, YES, ObjectKind, Row
from connectors.kubernetes.objects import Object, each, is_true, moment, part, seconds_since, text, words
from connectors.kubernetes.quantities import parse_quantity
from connectors.kubernetes.resources import PVCS, STORAGE_CLASSES

PROVISIONERS = (
    "volume.kubernetes.io/storage-provisioner",
    "volume.beta.kubernetes.io/storage-provisioner",
    "volume.kubernetes.io/selected-node",
)
"""Annotations that a claim gets when its volume is asked for."""
GOING_ON = {"Resizing", "ModifyingVolume"}
GROWING_PATIENCE = timedelta(hours=1)


def pvc_rows(claim: Object, now: datetime) -> list[Row]:
    metadata, spec, status = part(claim, "metadata"), part(claim, "spec"), part(claim, "status")
    conditions = [one for one in each(status, "conditions") if is_true(one) and not _just_begun(one, now)]
    return [
        {
            "namespace": text(metadata, "namespace"),
            "name": text(metadata, "name"),
            "status": "Terminating" if metadata.get("deletionTimestamp") else text(status, "phase"),
            "storage_class": text(spec, "storageClassName"),
            "requested_bytes": parse_quantity(part(spec, "resources", "requests").get("storage")),
            "capacity_bytes": parse_quantity(part(status, "capacity").get("storage")),
            "access": words(spec, "accessModes"),
            "volume": text(spec, "volumeName"),
            "provisioner": _provisioner(metadata),
            "conditions": [text(one, "type") for one in conditions],
            "message": "; ".join(text(one, "message") for one in conditions if text(one, "message")),
            "created": moment(metadata, "creationTimestamp"),
            "age_seconds": seconds_since(moment(metadata, "creationTimestamp"), now),
        }
    ]


def _just_begun(found: Object, now: datetime) -> bool:
    """Whether it says what is going on with the claim's volume, and has not done so for long."""
    began = moment(found, "lastTransitionTime")
    return text(found, "type") in GOING_ON and began is not None and now - began < GROWING_PATIENCE


def _provisioner(metadata: Object) -> str:
    """Who has been asked to make the volume; empty while nobody has, as before the first pod that uses it."""
    return next((said for key in PROVISIONERS if (said := text(part(metadata, "annotations"), key))), "")


def storage_class_rows(storage: Object, _: datetime) -> list[Row]:
    return [
        {
            "name": text(part(storage, "metadata"), "name"),
            "waits_for_consumer": text(storage, "volumeBindingMode") == "WaitForFirstConsumer",
        }
    ]


PVC = ObjectKind(
    PVCS,
    {
        "namespace": TEXT,
        "name": TEXT,
        "status": TEXT,
        "storage_class": TEXT,
        "requested_bytes": NUMBER,
        "capacity_bytes": NUMBER,
        "access": TEXTS,
        "volume": TEXT,
        "provisioner": TEXT,
        "conditions": TEXTS,
        "message": TEXT,
        "created": TIME,
        "age_seconds": NUMBER,
    },
    pvc_rows,
)
STORAGE_CLASS = ObjectKind(
    STORAGE_CLASSES,
    {"name": TEXT, "waits_for_consumer": YES},
    storage_class_rows,
    key=("name",),
    spoken=(),
)
"""Only looked at where a claim waits; no look takes it by itself."""
