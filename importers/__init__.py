"""Files become facts: get, transform (pure), load, clean up."""
