"""What a message says: acts with spans, feeling, promises, and how satisfied a dialogue leaves people."""
