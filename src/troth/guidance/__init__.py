"""What to do next: promises that wait, breaches that wait for repair."""
