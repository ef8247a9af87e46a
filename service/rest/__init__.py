"""What is not GraphQL: uploads, the progress of imports, health and metrics."""
