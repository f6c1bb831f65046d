"""One live tool per module: each turns looks into snapshots. Depends on `vistas`, never on `dashboards`."""
