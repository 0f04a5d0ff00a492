"""Trust inside a team: pairs, hand-overs, who suits whom."""
