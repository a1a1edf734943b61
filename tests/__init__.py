"""Tests: a folder for each room of the helpers, and what the whole keeps."""
