"""What leaves as files: contacts, paths and a committee for people with a spreadsheet, and the whole graph."""
