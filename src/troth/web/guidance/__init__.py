"""How to speak with somebody now: the card, the draft, the next action, and what came of them."""
