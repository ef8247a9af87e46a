"""Reading and writing facts: people, organisations, evidence, each with its sources."""
