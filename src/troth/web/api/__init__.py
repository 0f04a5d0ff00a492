"""The desk for machines: REST under /api/, over the same deeds and the same access as the pages."""
