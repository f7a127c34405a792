"""Loaded by pytest before Django's settings are: a local trial with files of its own, far from a newsroom's data."""

import os
import tempfile

os.environ["LOCAL_TRIAL"] = "yes"
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="newsroom-tests-")
