"""The demo newsroom: The Tidewick Lantern, paper of an invented harbour town."""
