"""What is fast, against what, as ratios of one run: `python -m benchmarks`, or `make bench`."""
