"""Learned heads of the reader, measured on public text; each module prints its figures by itself."""
