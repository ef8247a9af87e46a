"""Bytes become rows: decoding, delimiters, headers, dates."""
