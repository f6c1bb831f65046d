"""Where logs are kept: the HTTP APIs of Loki, VictoriaLogs and ClickHouse."""
