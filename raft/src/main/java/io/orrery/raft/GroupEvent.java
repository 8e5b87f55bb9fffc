package io.orrery.raft;

/**
 * A transition or a refusal of a replica, with its reason.
 *
 * @param atNanos when, by the node's monotonic clock
 * @param what such as {@code become-leader} or {@code refuse-vote}
 * @param why in words, with the numbers that decided
 */
public record GroupEvent(long atNanos, Kind kind, String what, String why) {
    /** Why a replica does not vote yet that starts with an empty disk: it is new there, or its disk was lost; it cannot tell. */
    public static final String EMPTY_DISK = "nothing of the group is on this disk";

    /** What sort of event it is. */
    public enum Kind {
        /** The replica changed its role. */
        ROLE,
        /** It refused something: a vote, entries, a change of members. */
        REFUSAL,
        /** It changed members. */
        MEMBERS,
        /** It hands leadership over. */
        TRANSFER,
        /** Its log was cut off, gone back in, or replaced. */
        LOG,
        OTHER;

        static Kind of(String what) {
            if (what.startsWith("become-")) {
                return ROLE;
            }
            if (what.startsWith("refuse-")) {
                return REFUSAL;
            }
            return switch (what) {
                case "change", "leave-joint", "promote-itself", "recover" -> MEMBERS;
                case "begin-transfer", "transfer-expired", "hand-over", "yield" -> TRANSFER;
                case "truncate", "go-back", "offer-snapshot" -> LOG;
                default -> OTHER;
            };
        }
    }
}
