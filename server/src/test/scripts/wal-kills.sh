#!/usr/bin/env bash
# wal-kills.sh [KILLS] [SEED] - kills a process that writes to a log on real files, 500 times by default, and checks after each
# kill what it finds. Takes about a second a kill; from the top of the repository.
set -euo pipefail
exec nice ./mvnw -q -pl server -am test -Dtest=WalKillTest -Dsurefire.failIfNoSpecifiedTests=false \
    -DargLine="--add-opens java.base/jdk.internal.misc=ALL-UNNAMED -Dwal.kills=${1:-500} -Dwal.seed=${2:-1}"
