"""Times the readers' pages over a large archive in a scratch database. docs/performance.md has the figures."""
