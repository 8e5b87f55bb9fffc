#!/usr/bin/env bash
# Server processes on loopback, watched by 'orrery cluster watch': a SIGSTOP of ten seconds, a kill -9 and a restart, a fifth of all
# datagrams lost for a minute; the views must converge after each, and loss must kill nobody. Prints how long each took.
#   usage: gossip-processes.sh [NODES, default 10] [ROUNDS, default 3]        needs awk
#   ORRERY names the command (default: that of this repository); KEEP=folder keeps logs and the watcher's lines.
# As root, with ip and nft, the nodes live in a network namespace that this script makes and removes, and the kernel loses the
# datagrams; else the loss is left out, and said so.
set -euo pipefail

nodes=${1:-10}
rounds=${2:-3}
top=$(cd "$(dirname "$0")/../../../.." && pwd)
orrery=${ORRERY:-$top/orrery}
work=${KEEP:-$(mktemp -d)}
ns=orrery-processes-$$
inside=()
declare -A pid
events=$work/events.jsonl
mkdir -p "$work"

finish() {
  code=$?
  for n in "${!pid[@]}"; do kill -9 "${pid[$n]}" 2>/dev/null || true; done
  wait 2>/dev/null || true
  [ ${#inside[@]} = 0 ] || ip netns del "$ns" || true
  if [ "$code" = 0 ] && [ -z "${KEEP:-}" ]; then rm -rf "$work"; else echo "logs are in $work"; fi
}
trap finish EXIT

now() { date +%s%3N; }

start() { # number
  local join=()
  [ "$1" = 1 ] || join=(--join 127.0.0.1:26001)
  ORRERY_JAVA_OPTS="${NODE_JAVA_OPTS:--Xmx192m -XX:TieredStopAtLevel=1}" "${inside[@]}" "$orrery" server \
    --name "n$1@127.0.0.1" --host 127.0.0.1 --dir "$work/n$1" --cookie gossip-processes \
    --cluster-port $((26000 + $1)) --mqtt-port $((21880 + $1)) --admin-port $((28080 + $1)) "${join[@]}" \
    >>"$work/n$1.out" 2>>"$work/n$1.err" &
  pid[$1]=$!
}

converged() {
  ask check converged --wait 60s >"$work/check" || {
    cat "$work/check"
    exit 1
  }
}

ask() { "${inside[@]}" "$orrery" "$@" --api http://127.0.0.1:28081; }

# How many pairs of an observer and a member have (what: alive, live or gone) by the watcher's last word; observers and members are
# given as lists of numbers with commas around. A member that is not known counts as gone.
pairs() { # what, observers, members
  awk -v what="$1" -v observers="$2" -v members="$3" '
    function field(key) {
      return match($0, "\"" key "\":\"[^\"]*\"") ? substr($0, RSTART + length(key) + 4, RLENGTH - length(key) - 5) : "null"
    }
    function number(node) { sub(/^n/, "", node); sub(/@.*/, "", node); return node }
    /"kind":"belief"/ { is[number(field("observer")) " " number(field("member"))] = field("is") }
    END {
      split(observers, o, ","); split(members, m, ","); count = 0
      for (i in o) for (j in m) {
        if (o[i] == "" || m[j] == "" || o[i] == m[j]) continue
        state = (o[i] " " m[j]) in is ? is[o[i] " " m[j]] : "null"
        live = state == "ALIVE" || state == "SUSPECT"
        if (what == "alive" && state == "ALIVE" || what == "live" && live || what == "gone" && !live) count++
      }
      print count
    }' "$events"
}

await() { # what people read, seconds, wanted count, arguments of pairs
  local words=$1 end=$((SECONDS + $2)) wanted=$3
  shift 3
  until [ "$(pairs "$@")" = "$wanted" ]; do
    if [ "$SECONDS" -ge "$end" ]; then
      echo "FAILED: $words: $(pairs "$@") of $wanted"
      ask check converged || true
      exit 1
    fi
    sleep 0.1
  done
}

all=,$(seq -s, 1 "$nodes"),
everyPair=$((nodes * (nodes - 1)))

without() { echo "${all/,$1,/,}"; }

spread() { # words, milliseconds ...
  local words=$1
  shift
  printf '%s\n' "$@" | sort -n | awk -v words="$words" \
    '{ v[NR] = $1 } END { printf "%s: median %d ms, %d to %d in %d rounds\n", words, v[int((NR + 1) / 2)], v[1], v[NR], NR }'
}

if [ "$(id -u)" = 0 ] && command -v nft >/dev/null && ip netns add "$ns" 2>/dev/null; then
  inside=(ip netns exec "$ns")
  "${inside[@]}" ip link set lo up
  "${inside[@]}" nft -f - <<'RULES'
table inet loss {
  counter lost { }
  chain input { type filter hook input priority 0; }
}
RULES
fi

"$orrery" version
echo "$nodes processes, $(nproc) cores, load average $(cut -d' ' -f1-3 /proc/loadavg)"
began=$(now)
start 1
end=$((SECONDS + 60))
until ask check converged >/dev/null 2>&1; do [ "$SECONDS" -lt "$end" ] || { echo "FAILED: n1 does not answer"; exit 1; }; done
for n in $(seq 2 "$nodes"); do start "$n"; done
"${inside[@]}" "$orrery" cluster watch -o json --every 100ms --for 30m --api http://127.0.0.1:28081 \
  >"$events" 2>"$work/watch.err" &
pid[watch]=$!
await "all alive to all after the start" 180 "$everyPair" alive "$all" "$all"
echo "start: all alive to all after $(($(now) - began)) ms"
ask check converged --wait 60s

stopped=()
continued=()
killed=()
returned=()
for ((round = 1; round <= rounds; round++)); do
  victim=$(((round * 3) % nodes + 1))
  began=$(now)
  kill -STOP "${pid[$victim]}"
  await "n$victim gone after SIGSTOP" 60 $((nodes - 1)) gone "$(without "$victim")" ",$victim,"
  stopped+=($(($(now) - began)))
  rest=$((10000 - $(now) + began))
  [ "$rest" -le 0 ] || sleep "$((rest / 1000)).$(printf %03d $((rest % 1000)))"
  began=$(now)
  kill -CONT "${pid[$victim]}"
  await "all alive after SIGCONT" 120 "$everyPair" alive "$all" "$all"
  continued+=($(($(now) - began)))
  converged

  victim=$(((round * 3 + 1) % nodes + 1))
  began=$(now)
  kill -9 "${pid[$victim]}"
  wait "${pid[$victim]}" 2>/dev/null || true
  await "n$victim gone after kill -9" 60 $((nodes - 1)) gone "$(without "$victim")" ",$victim,"
  killed+=($(($(now) - began)))
  began=$(now)
  start "$victim"
  await "all alive after the restart" 120 "$everyPair" alive "$all" "$all"
  returned+=($(($(now) - began)))
  converged
done
spread "SIGSTOP: gone to all others" "${stopped[@]}"
spread "SIGCONT after ten seconds, or when gone: all alive to all" "${continued[@]}"
spread "kill -9: gone to all others" "${killed[@]}"
spread "restart: all alive to all, from the start of the process" "${returned[@]}"
echo "load average $(cut -d' ' -f1-3 /proc/loadavg)"

if [ ${#inside[@]} = 0 ]; then
  echo "skipped: loss of datagrams, which needs root, ip netns and nft"
  exit 0
fi
lines=$(wc -l <"$events")
"${inside[@]}" nft add rule inet loss input meta l4proto udp numgen random mod 100 '<' 20 counter name lost drop
sleep "${HOLD:-60}"
"${inside[@]}" nft flush chain inet loss input
lost=$("${inside[@]}" nft list counter inet loss lost | sed -n 's/.*packets \([0-9]*\).*/\1/p')
suspects=$(tail -n "+$((lines + 1))" "$events" | grep -c '"is":"SUSPECT"' || true)
deaths=$(tail -n "+$((lines + 1))" "$events" | grep -c '"is":"DEAD"' || true)
echo "20 % of datagrams lost for ${HOLD:-60} s: $lost packets, $suspects beliefs in a suspicion, $deaths in a death"
began=$(now)
ask check converged --wait 60s
echo "converged after $(($(now) - began)) ms"
[ "$deaths" = 0 ] || { echo "FAILED: loss killed somebody"; exit 1; }
