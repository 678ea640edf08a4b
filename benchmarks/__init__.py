"""What the site costs, measured beside a bare Flask page in the same run: `./run python -m benchmarks`."""
