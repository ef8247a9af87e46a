"""What is known, and what follows from it. No HTTP and no file formats live here."""
