"""What happened: the event schema, what is taken in, what is refused, and the evidence it makes."""
