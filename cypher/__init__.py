"""Every statement Liaison sends to an engine, one per file, in folders by what it is about."""
