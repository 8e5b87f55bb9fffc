#!/usr/bin/env bash
# Three server processes on loopback; each round kills one with SIGKILL and demands, in order: the others mark it dead, its
# routes vanish, a leader is there, a QoS 1 publish crosses the survivors, the node restarts on its directory and rejoins.
#   usage: kill-nine.sh [rounds, default 20]        needs mosquitto_pub and mosquitto_sub
set -euo pipefail

rounds=${1:-20}
top=$(cd "$(dirname "$0")/../../../.." && pwd)
work=$(mktemp -d)
declare -A pid
seeds=n1@127.0.0.1:26000,n2@127.0.0.1:26001,n3@127.0.0.1:26002

finish() {
  code=$?
  for n in "${!pid[@]}"; do kill -9 "${pid[$n]}" 2>/dev/null || true; done
  wait 2>/dev/null || true
  if [ "$code" = 0 ]; then rm -rf "$work"; else echo "logs are in $work"; fi
}
trap finish EXIT

start() { # number
  "$top/orrery" server --name "n$1@127.0.0.1" --host 127.0.0.1 --dir "$work/n$1" --cookie kill-nine \
    --cluster-port $((26000 + $1 - 1)) --mqtt-port $((21883 + $1 - 1)) --admin-port $((28083 + $1 - 1)) \
    --cluster.discovery=static --cluster.static.seeds="$seeds" --cluster.failure-detection=fast \
    >>"$work/n$1.out" 2>>"$work/n$1.err" &
  pid[$1]=$!
}

ask() { # number, words ...
  local n=$1
  shift
  "$top/orrery" "$@" --api "http://127.0.0.1:$((28083 + n - 1))" 2>/dev/null
}

await() { # what, seconds, command ...
  local what=$1 end=$((SECONDS + $2))
  shift 2
  until "$@"; do
    if [ "$SECONDS" -ge "$end" ]; then
      echo "FAILED: $what"
      for n in 1 2 3; do ask "$n" get members || true; ask "$n" get groups || true; done
      exit 1
    fi
    sleep 0.2
  done
}

all_alive() { [ "$(ask "$1" get members | grep -c ' ALIVE ')" = 3 ]; }
is_dead() { ask "$1" get members | grep "^n$2@" | grep -q ' DEAD '; }
has_route() { ask "$1" get routes | grep -q "^victim/$2 *-> n$2@127.0.0.1$"; }
has_no_route() { ! ask "$1" get routes | grep -q "n$2@"; }
has_leader() { ask "$1" get groups | awk 'NR==2 {print $3}' | grep -q '^n'; }

delivers() { # from, to, round
  mosquitto_sub -h 127.0.0.1 -p $((21883 + $2 - 1)) -t "alive/$3" -q 1 -C 1 -W 10 >"$work/got" &
  local sub=$!
  local end=$((SECONDS + 8))
  until ask "$1" get routes | grep -q "^alive/$3 "; do [ "$SECONDS" -lt "$end" ] || return 1; done
  mosquitto_pub -h 127.0.0.1 -p $((21883 + $1 - 1)) -t "alive/$3" -m "round $3" -q 1
  wait "$sub" && [ "$(cat "$work/got")" = "round $3" ]
}

"$top/orrery" version
for n in 1 2 3; do start "$n"; done
for n in 1 2 3; do await "three members alive at n$n" 60 all_alive "$n"; done

for ((round = 1; round <= rounds; round++)); do
  victim=$((round % 3 + 1))
  one=$((victim % 3 + 1))
  two=$((one % 3 + 1))
  mosquitto_sub -h 127.0.0.1 -p $((21883 + victim - 1)) -t "victim/$victim" >/dev/null 2>&1 &
  sub=$!
  await "the route of n$victim at n$one" 20 has_route "$one" "$victim"
  began=$(date +%s%N)
  kill -9 "${pid[$victim]}"
  wait "${pid[$victim]}" 2>/dev/null || true
  kill "$sub" 2>/dev/null || true
  for n in $one $two; do
    await "n$victim dead at n$n" 30 is_dead "$n" "$victim"
    await "no route of n$victim at n$n" 5 has_no_route "$n" "$victim"
    await "a leader at n$n" 20 has_leader "$n"
  done
  failover=$((($(date +%s%N) - began) / 1000000))
  await "a publish from n$one to n$two" 30 delivers "$one" "$two" "$round"
  start "$victim"
  for n in 1 2 3; do await "three members alive at n$n" 60 all_alive "$n"; done
  echo "round $round: n$victim killed, survivors in order after $failover ms, rejoined"
done
echo "$rounds rounds passed"
