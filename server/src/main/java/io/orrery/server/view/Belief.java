package io.orrery.server.view;

import io.orrery.server.json.Json;
import java.util.List;

/**
 * What one node believes of one member.
 *
 * @param status ALIVE, SUSPECT, DEAD or LEFT
 * @param incarnation generation and refutations, with a dot between
 * @param heardMillis since the last frame of it; -1 if there was none
 * @param suspectedBy its accusers, the first first; empty unless it is SUSPECT, and from nodes that do not say
 * @param deadInMillis until the suspicion expires; -1 if none runs
 * @param apiAddress where it answers operators, as it told; empty if it did not
 */
public record Belief(
        String member,
        String status,
        String incarnation,
        long heardMillis,
        List<String> suspectedBy,
        long deadInMillis,
        String apiAddress) {
    public Belief {
        suspectedBy = List.copyOf(suspectedBy);
    }

    static Belief of(Json json) {
        Json suspicion = json.at("suspicion");
        return new Belief(
                json.text("name"),
                json.text("status"),
                json.text("incarnation"),
                orUnknown(json, "heartbeatMillis"),
                suspicion.texts("by"),
                orUnknown(suspicion, "deadInMillis"),
                json.text("apiAddress"));
    }

    private static long orUnknown(Json json, String field) {
        return json.at(field).isNull() ? -1 : json.number(field);
    }

    public boolean isLive() {
        return status.equals("ALIVE") || status.equals("SUSPECT");
    }

    public boolean isSuspect() {
        return status.equals("SUSPECT");
    }

    /** What two nodes must have in common to agree: of those that are gone, only that they are. */
    String essence() {
        return isLive() ? status + " " + incarnation : "gone";
    }

    /** Of the member's present life. */
    String refutations() {
        return incarnation.substring(incarnation.indexOf('.') + 1);
    }

    /** Which life of the member. */
    String generation() {
        return incarnation.substring(0, Math.max(0, incarnation.indexOf('.')));
    }

    /** Whether one generation, in digits, is later than another; empty text is before all. */
    static boolean isLater(String generation, String other) {
        return generation.length() != other.length()
                ? generation.length() > other.length()
                : generation.compareTo(other) > 0;
    }
}
