package io.orrery.broker.topic;

import java.util.Arrays;

/**
 * One pass over a topic's text: its bytes in UTF-8, and where its levels lie in them; a hash of a level, or of the whole, for who
 * asks. Reused, so that scanning allocates nothing.
 *
 * <p>Behind the last byte is a zero, which no topic holds: whoever compares byte by byte stops there.
 */
final class LevelScan {
    private static final int CHAR_BYTES_MAX = 3;

    private final long salt;
    private byte[] bytes = new byte[256];
    /** Of each level, and where a further one would begin. */
    private int[] starts = new int[17];

    private int length;
    private int count;
    /** The level whose hash was asked for last, or -1. */
    private int hashedLevel;

    private long hash;

    /**
     * @param salt see {@link LevelHash}
     */
    LevelScan(long salt) {
        this.salt = salt;
    }

    void scan(String topic) {
        int chars = topic.length();
        if (chars * CHAR_BYTES_MAX >= bytes.length) {
            bytes = new byte[chars * CHAR_BYTES_MAX + bytes.length];
        }
        byte[] target = bytes;
        count = 0;
        hashedLevel = -1;
        int at = 0;
        int start = 0;
        for (int i = 0; i < chars; i++) {
            char c = topic.charAt(i);
            if (c == '/') {
                target[at++] = '/';
                add(start);
                start = at;
            } else if (c < 0x80) {
                target[at++] = (byte) c;
            } else if (isPair(topic, i)) {
                at = encode(Character.toCodePoint(c, topic.charAt(++i)), at);
            } else {
                at = encode(c, at);
            }
        }
        target[at] = 0;
        length = at;
        add(start);
        starts[count] = at + 1;
    }

    private static boolean isPair(String topic, int i) {
        return i + 1 < topic.length() && Character.isSurrogatePair(topic.charAt(i), topic.charAt(i + 1));
    }

    /** Writes a character beyond ASCII; returns where the next goes. */
    private int encode(int codePoint, int from) {
        int at = from;
        if (codePoint < 0x800) {
            bytes[at++] = (byte) (0xC0 | codePoint >> 6);
        } else {
            if (codePoint < 0x10000) {
                bytes[at++] = (byte) (0xE0 | codePoint >> 12);
            } else {
                bytes[at++] = (byte) (0xF0 | codePoint >> 18);
                bytes[at++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
            }
            bytes[at++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
        }
        bytes[at++] = (byte) (0x80 | codePoint & 0x3F);
        return at;
    }

    private void add(int start) {
        if (count + 1 == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = start;
    }

    /** The text in UTF-8, from 0 on; a zero behind it. Not to be kept, nor written to. */
    byte[] bytes() {
        return bytes;
    }

    /** Of the text, in bytes. */
    int length() {
        return length;
    }

    /** How many levels; at least 1. */
    int count() {
        return count;
    }

    /** Where a level begins; of the level behind the last, one byte behind the text's end. */
    int start(int level) {
        return starts[level];
    }

    /** Where a level ends: at the separator, or the end of the text. */
    int end(int level) {
        return starts[level + 1] - 1;
    }

    /** Of one level: the trie asks for them one after the other, each as often as it has nodes there. */
    long hash(int level) {
        if (level != hashedLevel) {
            hash = LevelHash.of(salt, bytes, start(level), end(level));
            hashedLevel = level;
        }
        return hash;
    }

    /** Of the whole text. */
    int wholeHash() {
        return LevelHash.shortened(LevelHash.of(salt, bytes, 0, length));
    }

    /** Whether the level is the wildcard {@code +}: no other begins so. */
    boolean isPlus(int level) {
        return bytes[starts[level]] == '+';
    }

    /** Whether the topic is one of the server's own, which no leading wildcard matches (MQTT 4.7.2-1). */
    boolean startsWithDollar() {
        return bytes[0] == '$';
    }
}
