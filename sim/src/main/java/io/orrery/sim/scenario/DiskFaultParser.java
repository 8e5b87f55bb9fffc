package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import java.util.List;

/** Reads the lines of {@link DiskFault}. */
final class DiskFaultParser implements FamilyParser {
    private static final List<String> DISK = List.of(
            "bad-sector",
            "fail-sync",
            "freeze",
            "full",
            "healthy",
            "honest",
            "lie",
            "limp",
            "misdirect-read",
            "misdirect-write",
            "overwrite-log",
            "rot",
            "rot-snapshot",
            "sector",
            "slow",
            "space",
            "thaw");
    private static final long DELAY_NANOS_MAX = Time.seconds(60);
    private static final long RATE_MIN = 1_000;
    private static final long RATE_MAX = 1_000_000_000;
    private static final long ROOM_BYTES_MAX = 1_000_000_000;

    private static final List<String> SECTORS = List.of("512", "4096");

    private final List<NodeId> nodes;

    DiskFaultParser(List<NodeId> nodes) {
        this.nodes = nodes;
    }

    @Override
    public List<String> firstWords() {
        return List.of("disk", "wipe");
    }

    @Override
    public Fault parse(String first, Words words) {
        NodeId node = words.node(nodes);
        if (first.equals("wipe")) {
            return new DiskFault.Wipe(node);
        }
        return switch (words.oneOf(DISK)) {
            case "bad-sector" -> new DiskFault.BadSector(node);
            case "fail-sync" -> new DiskFault.FailedSync(node);
            case "freeze" -> new DiskFault.Freeze(node, true);
            case "thaw" -> new DiskFault.Freeze(node, false);
            case "full" -> new DiskFault.Full(node, room(words));
            case "healthy" -> new DiskFault.Repair(node);
            case "honest" -> new DiskFault.Lie(node, false);
            case "lie" -> new DiskFault.Lie(node, true);
            case "limp" -> new DiskFault.Limp(node, words.bytes("a rate", "/s", RATE_MIN, RATE_MAX));
            case "misdirect-read" -> new DiskFault.Misdirect(node, false);
            case "misdirect-write" -> new DiskFault.Misdirect(node, true);
            case "overwrite-log" -> new DiskFault.OverwrittenLog(node);
            case "rot" -> new DiskFault.Rot(node);
            case "rot-snapshot" -> new DiskFault.RotSnapshot(node);
            case "sector" -> new DiskFault.Sector(node, Integer.parseInt(words.oneOf(SECTORS)));
            case "slow" -> new DiskFault.Slow(node, words.duration("a delay", DELAY_NANOS_MAX));
            default -> new DiskFault.Space(node);
        };
    }

    private static long room(Words words) {
        return words.take("after") ? words.bytes("room", "", 0, ROOM_BYTES_MAX) : 0;
    }
}
