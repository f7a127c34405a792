#!/bin/sh
# make install: scripts/install.sh REQUIREMENTS_FILE
set -eu
cd "$(dirname "$0")/.."
. scripts/environment.sh
install "$1"
