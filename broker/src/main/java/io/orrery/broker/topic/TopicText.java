package io.orrery.broker.topic;

/** What MQTT asks of any topic text: its length in UTF-8, the characters it may hold, its number of levels. */
final class TopicText {
    /** The length field of an MQTT string has two bytes (MQTT 5.0 section 1.5.4). */
    static final int BYTES_MAX = 65_535;

    /** Our own limit: what a match may cost grows with it. */
    static final int LEVELS_MAX = 128;

    private TopicText() {}

    /** Why the text cannot be a topic name or filter whatever its wildcards; null if it can. */
    static String fault(String text) {
        if (text.isEmpty()) {
            return "a topic has at least one character";
        }
        int bytes = 0;
        int levels = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "a topic does not hold U+0000";
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return "a topic is well-formed Unicode, without lone surrogates";
                }
                i++;
                bytes += 4;
            } else {
                bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            }
            if (c == '/') {
                levels++;
            }
        }
        if (bytes > BYTES_MAX) {
            return "a topic has at most 65535 bytes";
        }
        return levels > LEVELS_MAX ? "a topic has at most 128 levels" : null;
    }
}
