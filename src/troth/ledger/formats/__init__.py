"""One file a format: each turns bytes or a table into a ``Raw`` of records as they stand."""
