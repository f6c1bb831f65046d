"""What node_exporter tells about the three nodes."""

from collections.abc import Iterator

from tests.servers.shop.inventory import GIB, NODE_CORES, NODE_MEMORY, NODES, pods_at
from tests.servers.shop.metrics.containers import cpu_used, memory_used
from tests.servers.shop.metrics.series import Counter, Gauge, Metric, constant, wobble
from tests.servers.shop.story import BEGIN, DAY, Shape, during_backup, rhythm

BACKUP_NODE = NODES[2]
BOOTED = BEGIN - 41 * DAY
DISKS = {"/": ("/dev/vda1", 80 * GIB, 0.47, 0.010), "/var/lib/data": ("/dev/vdb", 200 * GIB, 0.31, 0.018)}
"""By mount point: device, size in bytes, share free at the beginning, share lost in a day."""
SYSTEM_MEMORY = 1.7 * GIB
BUSY_MODES = {"user": 0.70, "system": 0.22, "softirq": 0.03, "steal": 0.01}


def metrics() -> Iterator[Metric]:
    for node in NODES:
        own = {"instance": node, "job": "node-exporter"}
        yield from _processor(node, own)
        yield from _memory(node, own)
        yield from _disks(node, own)
        yield from _network(node, own)


def busy_share(node: str, moment: float) -> float:
    """The share of the node's processors that works, 0 to 1."""
    pods = sum(cpu_used(pod, moment) or 0.0 for pod in pods_at(moment) if pod.node == node)
    backup = 0.16 if node == BACKUP_NODE and during_backup(moment) else 0.0
    return float(min(0.97, (pods / NODE_CORES + 0.06 + backup) * wobble(node, moment, 0.06)))


def _processor(node: str, own: dict[str, str]) -> Iterator[Metric]:
    def mode_rate(mode: str, cpu: int) -> Shape:
        def rate(moment: float) -> float:
            busy = busy_share(node, moment) * wobble(f"{node}{cpu}", moment, 0.04)
            waiting = 0.12 if node == BACKUP_NODE and during_backup(moment) else 0.008
            if mode == "idle":
                return max(0.0, 1 - busy - waiting)
            return waiting if mode == "iowait" else busy * BUSY_MODES[mode]

        return rate

    for cpu in range(NODE_CORES):
        for mode in ("idle", "iowait", *BUSY_MODES):
            yield Counter(
                "node_cpu_seconds_total", {**own, "cpu": str(cpu), "mode": mode}, mode_rate(mode, cpu), 3e5
            )
    for name, share in (("node_load1", 1.15), ("node_load5", 1.08), ("node_load15", 1.0)):
        yield Gauge(name, own, _load(node, share))
    yield Gauge("node_boot_time_seconds", own, constant(BOOTED))
    yield Gauge("node_time_seconds", own, lambda t: t)


def _load(node: str, share: float) -> Shape:
    return lambda moment: NODE_CORES * busy_share(node, moment) * share


def _memory(node: str, own: dict[str, str]) -> Iterator[Metric]:
    def available(moment: float) -> float:
        pods = sum(memory_used(pod, moment) or 0.0 for pod in pods_at(moment) if pod.node == node)
        return NODE_MEMORY - SYSTEM_MEMORY * wobble(f"{node} memory", moment, 0.02) - pods

    yield Gauge("node_memory_MemTotal_bytes", own, constant(NODE_MEMORY))
    yield Gauge("node_memory_MemAvailable_bytes", own, available)
    yield Counter("node_vmstat_oom_kill", own, constant(0.0))


def _disks(node: str, own: dict[str, str]) -> Iterator[Metric]:
    fuller = 0.05 * NODES.index(node)

    def available(size: float, free: float, a_day: float) -> Shape:
        def value(moment: float) -> float:
            return (
                size * (free - fuller - a_day * (moment - BEGIN) / DAY) * wobble(f"{node}{size}", moment, 0.0004)
            )

        return value

    for mount, (device, size, free, a_day) in DISKS.items():
        labels = {**own, "device": device, "fstype": "ext4", "mountpoint": mount}
        yield Gauge("node_filesystem_size_bytes", labels, constant(size))
        yield Gauge("node_filesystem_avail_bytes", labels, available(size, free, a_day))
        yield Gauge("node_filesystem_files", labels, constant(size / 16384))
        yield Gauge("node_filesystem_files_free", labels, constant(size / 16384 * 0.93))
        yield Gauge("node_filesystem_readonly", labels, constant(0))

    def queued(moment: float) -> float:
        return (3.4 if node == BACKUP_NODE and during_backup(moment) else 0.12) * wobble(
            f"{node} disk", moment, 0.2
        )

    disk = {**own, "device": "vdb"}
    yield Counter("node_disk_io_time_weighted_seconds_total", disk, queued, 9e4)
    yield Counter("node_disk_io_time_seconds_total", disk, lambda t: min(0.98, queued(t) / 3), 8e4)


def _network(node: str, own: dict[str, str]) -> Iterator[Metric]:
    card = {**own, "device": "eth0"}

    def packets(moment: float) -> float:
        return 220 * rhythm(moment) * wobble(f"{node} packets", moment)

    for way in ("receive", "transmit"):
        yield Counter(f"node_network_{way}_packets_total", card, packets, 4e8)
        yield Counter(f"node_network_{way}_bytes_total", card, lambda t: 780 * packets(t), 3e11)
        yield Counter(f"node_network_{way}_errs_total", card, constant(0.0))
        yield Counter(f"node_network_{way}_drop_total", card, constant(0.0))
