#!/usr/bin/env bash
# Run a command against a private PostgreSQL that lives in a temporary folder and is gone afterwards.
#
#   tools/with-postgres.sh COMMAND…    run COMMAND with DATABASE_URL pointing at the private server
#   tools/with-postgres.sh --found     say whether PostgreSQL's programs are installed (status 0 or 1)
#
# Nothing listens on the network. As root the server runs as the user postgres, because it refuses to run as root.
# It takes 400 connections: tests let fifty clerks act at once, in several processes.
set -euo pipefail

programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
if [ -z "$programs" ] && command -v initdb >/dev/null; then programs=$(dirname "$(command -v initdb)"); fi
if [ "${1:-}" = --found ]; then [ -n "$programs" ]; exit; fi
if [ -z "$programs" ]; then
    echo "PostgreSQL's programs are not installed. Install the package postgresql (as root: make system)." >&2
    exit 1
fi

folder=$(mktemp -d /tmp/gongkai-postgres.XXXXXX)
as=()
if [ "$(id -u)" = 0 ]; then
    chown postgres "$folder"
    as=(setpriv --reuid=postgres --regid=postgres --init-groups)
fi
stop() {
    (cd "$folder" && "${as[@]}" "$programs/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1) || true
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

(
    cd "$folder"
    "${as[@]}" "$programs/initdb" -D data -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
    "${as[@]}" "$programs/pg_ctl" -D data -w -l "$folder/log" \
        -o "-c listen_addresses='' -k $folder -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
            -c jit=off -c autovacuum=off -c wal_level=minimal -c max_wal_senders=0 -c max_connections=400" start >/dev/null ||
        { cat "$folder/log" >&2; exit 1; }
    "${as[@]}" "$programs/createdb" -h "$folder" -U postgres gongkai
)
DATABASE_URL="postgresql:///gongkai?host=$folder&user=postgres" "$@"
