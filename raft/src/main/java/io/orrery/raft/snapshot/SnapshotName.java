package io.orrery.raft.snapshot;

/** The names of snapshots' files: a kind, index and term, so that sorting by name is sorting by index. */
final class SnapshotName {
    private static final String COMPLETE = "snapshot-";
    private static final String TAKING = "taking-";
    private static final String INSTALLING = "install-";
    private static final int DIGITS = 19;

    private SnapshotName() {}

    /** A file that was complete once. */
    static String complete(long index, long term) {
        return COMPLETE + padded(index) + "-" + padded(term);
    }

    /** A file that is being written from this node's state; worth nothing after a crash. */
    static String taking(long index, long term) {
        return TAKING + padded(index) + "-" + padded(term);
    }

    /** A file that is being fetched; what is intact of it after a crash is used. */
    static String installing(SnapshotId id) {
        return INSTALLING + padded(id.index()) + "-" + padded(id.term()) + "-" + Long.toHexString(id.checksum());
    }

    static boolean isComplete(String name) {
        return name.length() == COMPLETE.length() + 2 * DIGITS + 1
                && name.startsWith(COMPLETE)
                && index(name) > 0
                && term(name) > 0;
    }

    static boolean isInstalling(String name) {
        return name.startsWith(INSTALLING);
    }

    static boolean isTaking(String name) {
        return name.startsWith(TAKING);
    }

    /** In a complete file's name; 0 if it has none. */
    static long index(String name) {
        return number(name, COMPLETE.length());
    }

    static long term(String name) {
        return number(name, COMPLETE.length() + DIGITS + 1);
    }

    private static long number(String name, int from) {
        long number = 0;
        for (int i = from; i < from + DIGITS; i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9 || number > (Long.MAX_VALUE - digit) / 10) {
                return 0;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static String padded(long number) {
        String digits = Long.toString(number);
        return "0".repeat(DIGITS - digits.length()) + digits;
    }
}
