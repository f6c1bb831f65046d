"""The published role has every right that is used, and no other."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import yaml

from connectors.kubernetes.kinds import KINDS
from connectors.kubernetes.kinds.claims import STORAGE_CLASS
from connectors.kubernetes.resources import group_of

ROLE_FILE = Path(__file__).parents[3] / "docs" / "kubernetes-clusterrole.yaml"

Rights = set[tuple[str, str, str]]


def rights(kind: str) -> Rights:
    """Group, resource and verb of every rule of the file's roles of a kind."""
    documents: list[dict[str, Any]] = list(yaml.safe_load_all(ROLE_FILE.read_text()))
    rules = [rule for document in documents if document["kind"] == kind for rule in document["rules"]]
    return {right for rule in rules for right in product(rule["apiGroups"], rule["resources"], rule["verbs"])}


def test_the_cluster_role_is_exactly_what_the_connector_lists() -> None:
    used = {
        (group_of(version), kind.resource.name, "list")
        for kind in (*KINDS.values(), STORAGE_CLASS)
        for version in kind.resource.served_as
    }
    assert rights("ClusterRole") == used


def test_logs_are_a_right_of_their_own_in_one_namespace() -> None:
    assert rights("Role") == {("", "pods/log", "get")}


def test_neither_secrets_nor_configmaps_are_anywhere() -> None:
    resources = {resource for _, resource, _ in rights("ClusterRole") | rights("Role")}
    assert resources.isdisjoint({"secrets", "configmaps", "*", "pods/exec"})
