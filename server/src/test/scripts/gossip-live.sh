#!/usr/bin/env bash
# Gossip of many nodes in one process over loopback TCP and UDP: start, kills, pauses, loss of datagrams; prints the figures of
# docs/GOSSIP-LIVE.md. Takes about six minutes for 50 nodes; from any folder.
#   usage: gossip-live.sh [NODES, default 50]
#   KILLS=5 ROUNDS=5 PAUSE=10 LOSS=200000 HOLD=60 TIMING=lan are the defaults: nodes at a time, rounds of kills, seconds of a pause,
#   datagrams lost of a million, for how many seconds, and lan or fast.
# As root, with ip and nft, the kernel loses the datagrams, in a network namespace that this script makes and removes; else the
# process loses them on arrival, and says so.
set -euo pipefail

nodes=${1:-50}
top=$(cd "$(dirname "$0")/../../../.." && pwd)
work=$(mktemp -d)
ns=orrery-live-$$
inside=()

finish() {
  [ ${#inside[@]} = 0 ] || ip netns del "$ns" || true
  rm -rf "$work"
}
trap finish EXIT

properties="-Dlive.nodes=$nodes -Dlive.kills=${KILLS:-5} -Dlive.rounds=${ROUNDS:-5} -Dlive.pause=${PAUSE:-10}"
properties="$properties -Dlive.loss=${LOSS:-200000} -Dlive.hold=${HOLD:-60} -Dlive.timing=${TIMING:-lan}"

if [ "$(id -u)" = 0 ] && command -v nft >/dev/null && ip netns add "$ns" 2>/dev/null; then
  inside=(ip netns exec "$ns")
  "${inside[@]}" ip link set lo up
  "${inside[@]}" nft -f - <<'RULES'
table inet loss {
  counter lost { }
  chain input { type filter hook input priority 0; }
}
RULES
  cat >"$work/on" <<'COMMAND'
#!/usr/bin/env bash
exec nft add rule inet loss input meta l4proto udp numgen random mod 1000000 '<' "$1" counter name lost drop
COMMAND
  printf '#!/usr/bin/env bash\nexec nft flush chain inet loss input\n' >"$work/off"
  printf '#!/usr/bin/env bash\nnft list counter inet loss lost | sed -n "s/.*packets \\([0-9]*\\).*/\\1/p"\n' >"$work/count"
  chmod +x "$work"/on "$work"/off "$work"/count
  properties="$properties -Dlive.loss.folder=$work"
else
  echo "skipped: loss by the kernel, which needs root, ip netns and nft; the process loses datagrams instead"
fi

cd "$top"
if [ -n "${LIVE_CLASSPATH:-}" ]; then # compiled tests, for those who have them
  # shellcheck disable=SC2086
  "${inside[@]}" java --add-opens java.base/jdk.internal.misc=ALL-UNNAMED $properties -cp "$LIVE_CLASSPATH" \
    org.junit.platform.console.ConsoleLauncher execute --disable-banner --details=none \
    --select-class io.orrery.server.live.LiveFiguresTest
else
  "${inside[@]}" ./mvnw -q -o -pl server -am test -Dtest=LiveFiguresTest -Dsurefire.failIfNoSpecifiedTests=false \
    -DargLine="--add-opens java.base/jdk.internal.misc=ALL-UNNAMED $properties"
fi
