"""Nodes, relationships and value types as frozen dataclasses; nothing else defines them."""
