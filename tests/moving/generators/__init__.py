"""Exports of other systems, made up for tests, with the truth about what they hold."""
