"""The outside: GraphQL, REST, the command line, security and settings."""
