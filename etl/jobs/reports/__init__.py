"""What is told to people: status, digest, notices. Reads, and notes what was sent."""
