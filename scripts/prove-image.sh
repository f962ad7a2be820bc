#!/usr/bin/env bash
# Walks through the Dockerfile without an engine: its COPY and RUN lines in an empty folder, then the service as a user
# without rights, with everything but its data read-only. Proves that production dependencies suffice and that the
# health check tells well from ill. Needs root (or a user who may unshare) for the read-only part; says so otherwise.
set -euo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)
node=$(readlink -f "$("$project/node_modules/.bin/node" -p process.execPath)")
image=$(mktemp -d /tmp/tumen-image-XXXXXX)
trap 'rm -rf "$image"' EXIT
app=$image/app data=$image/data
mkdir "$app" "$data" "$image/bin"
cp "$node" "$image/bin/node"
chmod 755 "$image"

step() { printf '%s\n' "── $*"; }
fail() { printf 'failed: %s\n' "$*" >&2; exit 1; }

# What the build sees: .dockerignore lets in a few names only.
copy() {
  local into=$app/${*: -1} from
  for from in "${@:1:$#-1}"; do
    grep -qx "!$from" "$project/.dockerignore" || fail "the Dockerfile copies $from, and .dockerignore keeps it out"
    if [ -d "$project/$from" ]; then cp -r "$project/$from" "$into"; else cp "$project/$from" "$into"; fi
  done
}
while read -r word arguments; do
  case "$word $arguments" in
    'COPY --from='*) ;;
    COPY*) step "$word $arguments"; copy $arguments ;;
    'RUN npm '*) step "$word $arguments"; (cd "$app" && $arguments --no-audit --no-fund --loglevel=error) ;;
  esac
done <"$project/Dockerfile"
[ ! -e "$app/node_modules/typescript" ] || fail 'a development dependency is in the image'
[ ! -e "$app/node_modules/.bin/node" ] || fail 'a second Node is in the image'
step "image: $(du -sm "$app" | cut -f1) MB without Node"

# A port of its own, no feed that is somewhere else: nothing here leaves the machine.
cp -r "$app/config" "$image/config"
port=$("$node" -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
printf 'topics: [%s]\nhttp: { port: %s }\n' "$app/config/topics/russia-north-korea.yaml" "$port" >"$image/config/tumen.yaml"
printf 'outlets:\n  - name: Sample\n    slug: sample\n    feeds: [{ url: "http://127.0.0.1:1/rss", language: en }]\n' >"$image/config/feeds.yaml"

user=65534
chown "$user:$user" "$data" 2>/dev/null || true
export TMPDIR=$data TUMEN_HOME=$data TUMEN_CONFIG=$image/config/tumen.yaml NODE_ENV=production NO_COLOR=1
# Inside a mount namespace of its own everything is read-only but the volume.
inside=$(cat <<'SH'
set -e
mount --bind "$TUMEN_HOME" "$TUMEN_HOME"
mount -o remount,bind,ro /
cd "$1"; shift
exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs "$@"
SH
)
if unshare --mount true 2>/dev/null && [ "$(id -u)" = 0 ]; then
  tumen() { exec unshare --mount bash -c "$inside" inside "$app" "$image/bin/node" src/main.ts "$@"; }
  if (exec unshare --mount bash -c "$inside" inside "$app" touch "$app/x") 2>/dev/null; then fail 'the root is not read-only'; fi
  (exec unshare --mount bash -c "$inside" inside "$app" touch "$data/x") || fail 'the volume is not writable'
  step "as user $user, root read-only, $data writable"
else
  tumen() { cd "$app" && exec "$image/bin/node" src/main.ts "$@"; }
  step 'as the present user, root writable: not root here'
fi

step 'health before the start: not well'
if (tumen health) >/dev/null 2>&1; then fail 'health says well, and nothing runs'; fi
step 'start'
(tumen start) >"$image/out" 2>"$image/err" &
service=$!
well=no
for _ in $(seq 60); do
  if (tumen health) >"$image/health" 2>&1; then well=yes; break; fi
  kill -0 "$service" 2>/dev/null || break
  sleep 0.5
done
[ "$well" = yes ] || fail "the service did not become well: $(cat "$image/err")"
step "health: $(cat "$image/health")"
kill -TERM "$service"
wait "$service" || fail "the service ended with $?: $(tail -3 "$image/err")"
step 'SIGTERM: ended with 0'
[ -s "$data/tumen.db" ] || fail 'the database is not on the volume'

step 'demo'
(tumen demo --html "$data/demo.html") >"$image/demo" 2>&1 || fail "demo: $(tail -3 "$image/demo")"
grep -q 'Russia–North Korea · ' "$image/demo" || fail 'the demo printed no digest'
printf 'proved\n'
