package io.orrery.server.cli;

import io.orrery.server.json.Json;

/** Spans of time as kubectl and egctl print them: the two largest units at most. */
final class Ages {
    private Ages() {}

    /** Such as {@code 10m}; a dash if unknown. */
    static String age(Json millis) {
        return millis.isNull() ? "-" : span(Long.parseLong(millis.text()));
    }

    /** Such as {@code 3s ago}; a dash if unknown. */
    static String ago(Json millis) {
        return millis.isNull() ? "-" : span(Long.parseLong(millis.text())) + " ago";
    }

    static String span(long millis) {
        long seconds = Math.max(0, millis) / 1000;
        if (seconds < 120) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes < 120) {
            return minutes < 10 && seconds % 60 != 0 ? minutes + "m" + seconds % 60 + "s" : minutes + "m";
        }
        long hours = minutes / 60;
        if (hours < 48) {
            return hours < 10 && minutes % 60 != 0 ? hours + "h" + minutes % 60 + "m" : hours + "h";
        }
        return hours / 24 + "d";
    }
}
