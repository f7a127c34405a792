#!/bin/sh
# deploy/backup.sh FOLDER: writes FOLDER/newsroom-<UTC time>/ with the database, uploads/ and originals/ while
# the site runs, and keeps the newest KEEP (14) of them. A folder without ".partial" in its name is complete.
set -eu
umask 077
[ $# = 1 ] || { echo "Usage: deploy/backup.sh FOLDER" >&2; exit 2; }
mkdir -p "$1"
target=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
. scripts/environment.sh

VAR_DIR=$(setting VAR_DIR var)
DATABASE_URL=$(setting DATABASE_URL "sqlite:///$VAR_DIR/newsroom.sqlite3")
name=newsroom-$(date -u +%Y%m%dT%H%M%SZ)
part=$target/$name.partial
mkdir "$part"

# The database first: a picture is stored before the row that names it, so the files hold every one it names.
case "$DATABASE_URL" in
    sqlite:///*)
        file=${DATABASE_URL#sqlite:///}
        .venv/bin/python scripts/copy_sqlite.py "${file%%\?*}" "$part/newsroom.sqlite3" ;;
    *) pg_dump --format=custom --file="$part/newsroom.pgdump" "$DATABASE_URL" ;;
esac
for folder in uploads originals; do
    if [ -d "$VAR_DIR/$folder" ]; then cp -Rp "$VAR_DIR/$folder" "$part/"; fi
done
mv "$part" "$target/$name"
say "$target/$name"

# Sorted by name is sorted by age. Folders that this script did not name are never touched.
find "$target" -mindepth 1 -maxdepth 1 -type d -name 'newsroom-????????T??????Z' | sort -r |
    tail -n "+$((${KEEP:-14} + 1))" | while IFS= read -r old; do rm -rf "$old"; done
