"""The demo world: a hotel, a shop and a bank through one seeded, bilingual year."""

from troth.lab.demo.people import demo_names
from troth.lab.demo.year import DEMO_UNTIL_US, demo_events

__all__ = ["DEMO_UNTIL_US", "demo_events", "demo_names"]
