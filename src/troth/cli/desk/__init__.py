"""Commands about a desk: make it, serve it, bring data in and out, keep it well."""
