#!/usr/bin/env bash
# Three nodes of one Raft group over loopback TCP, on real files: half of a follower's segment is overwritten with random bytes, once
# while it runs and once while it is down. Prints what happens; docs/RAFT.md shows it. Fails if an acknowledged write is missing.
#   usage: wal-repair.sh        takes seconds; REPAIR_CLASSPATH=... runs compiled tests, for those who have them
set -euo pipefail

top=$(cd "$(dirname "$0")/../../../.." && pwd)
flags="--add-opens java.base/jdk.internal.misc=ALL-UNNAMED -Drepair.session=true"
cd "$top"
if [ -n "${REPAIR_CLASSPATH:-}" ]; then
  # shellcheck disable=SC2086
  java $flags -cp "$REPAIR_CLASSPATH" org.junit.platform.console.ConsoleLauncher execute --disable-banner \
    --details=none --select-class io.orrery.server.wal.SegmentRepairTest 2>/dev/null | grep '^  [0-9]'
else
  ./mvnw -o -pl server -am test -Dtest=SegmentRepairTest -Dsurefire.failIfNoSpecifiedTests=false \
    -DargLine="$flags" 2>/dev/null | grep '^  [0-9]'
fi
