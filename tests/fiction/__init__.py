"""A generator of invented French communiqués whose truth is known."""
