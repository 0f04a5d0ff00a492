"""The desk: where a service team works with trust, in a browser, through REST and by commands."""
