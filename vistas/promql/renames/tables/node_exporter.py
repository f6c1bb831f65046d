"""node_exporter and windows_exporter."""

from __future__ import annotations

from vistas.promql.renames.model import Origin
from vistas.promql.renames.tables.writing import beginning, ending, pairs

UNITS = Origin("node_exporter", "0.16", "docs/V0_16_UPGRADE_GUIDE.md and docs/example-16-compatibility-rules.yml")
WINDOWS = Origin("windows_exporter", "0.13", "the release notes of 0.13.0")

_MEMORY = """
Active Active_anon Active_file AnonHugePages AnonPages Bounce Buffers Cached CmaFree CmaTotal CommitLimit
Committed_AS DirectMap1G DirectMap2M DirectMap4k Dirty HardwareCorrupted Hugepagesize Inactive Inactive_anon
Inactive_file KernelStack Mapped MemAvailable MemFree MemTotal Mlocked NFS_Unstable PageTables Shmem
ShmemHugePages ShmemPmdMapped Slab SReclaimable SUnreclaim SwapCached SwapFree SwapTotal Unevictable VmallocChunk
VmallocTotal VmallocUsed Writeback WritebackTmp
"""
_NETWORK = """
receive_bytes receive_compressed receive_drop receive_errs receive_fifo receive_frame receive_multicast
receive_packets transmit_bytes transmit_compressed transmit_drop transmit_errs transmit_fifo transmit_frame
transmit_multicast transmit_packets transmit_carrier transmit_colls
"""
_PLAIN = """
node_boot_time                                  node_boot_time_seconds
node_time                                       node_time_seconds
node_context_switches                           node_context_switches_total
node_forks                                      node_forks_total
node_intr                                       node_intr_total
node_interrupts                                 node_interrupts_total
node_cpu                                        node_cpu_seconds_total
node_buddyinfo_count                            node_buddyinfo_blocks
node_disk_bytes_read                            node_disk_read_bytes_total
node_disk_bytes_written                         node_disk_written_bytes_total
node_disk_reads_completed                       node_disk_reads_completed_total
node_disk_reads_merged                          node_disk_reads_merged_total
node_disk_writes_completed                      node_disk_writes_completed_total
node_disk_writes_merged                         node_disk_writes_merged_total
node_filesystem_free                            node_filesystem_free_bytes
node_filesystem_avail                           node_filesystem_avail_bytes
node_filesystem_size                            node_filesystem_size_bytes
node_infiniband_port_data_received_bytes        node_infiniband_port_data_received_bytes_total
node_infiniband_port_data_transmitted_bytes     node_infiniband_port_data_transmitted_bytes_total
node_nfs_net_connections                        node_nfs_connections_total
node_nfs_rpc_authentication_refreshes           node_nfs_rpc_authentication_refreshes_total
node_nfs_rpc_operations                         node_nfs_rpcs_total
node_nfs_rpc_retransmissions                    node_nfs_rpc_retransmissions_total
node_textfile_mtime                             node_textfile_mtime_seconds
node_bcache_cache_read_races_total              node_bcache_cache_read_races
"""
_MILLISECONDS = """
node_disk_io_time_ms                            node_disk_io_time_seconds_total
node_disk_io_time_weighted                      node_disk_io_time_weighted_seconds_total
node_disk_read_time_ms                          node_disk_read_time_seconds_total
node_disk_write_time_ms                         node_disk_write_time_seconds_total
"""
_WINDOWS = """
cpu_time_total cpu_interrupts_total cpu_dpcs_total cpu_core_frequency_mhz cs_hostname cs_logical_processors
cs_physical_memory_bytes logical_disk_free_bytes logical_disk_size_bytes logical_disk_read_bytes_total
logical_disk_write_bytes_total logical_disk_reads_total logical_disk_writes_total
logical_disk_read_seconds_total logical_disk_write_seconds_total logical_disk_idle_seconds_total
memory_available_bytes memory_cache_bytes memory_committed_bytes memory_commit_limit net_bytes_received_total
net_bytes_sent_total net_bytes_total net_packets_received_errors_total net_packets_outbound_errors_total
net_current_bandwidth os_info os_physical_memory_free_bytes os_visible_memory_bytes
os_process_memory_limix_bytes os_processes os_paging_free_bytes os_time service_state service_start_mode
service_status service_info system_context_switches_total system_system_up_time system_threads
system_processor_queue_length exporter_collector_success exporter_collector_duration_seconds
"""

RENAMES = (
    *pairs(UNITS, _PLAIN),
    *pairs(UNITS, _MILLISECONDS, factor=1000),
    *ending(UNITS, "node_memory_", _MEMORY, "_bytes"),
    *ending(UNITS, "node_network_", _NETWORK, "_total"),
    *pairs(
        UNITS,
        "node_nfs_procedures node_nfs_requests_total",
        labels={"version": "proto", "procedure": "method"},
    ),
    *beginning(WINDOWS, "wmi_", "windows_", _WINDOWS),
)
