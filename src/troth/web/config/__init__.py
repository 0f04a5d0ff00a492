"""How the desk is put together: its home folder, settings, addresses."""
