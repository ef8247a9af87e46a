"""Whether what is known still holds: confirmations, contradictions, and changes of job."""
