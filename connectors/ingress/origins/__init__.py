"""Where log lines come from: files, archives, pipes, pods. Bytes in, blocks of whole lines out."""
