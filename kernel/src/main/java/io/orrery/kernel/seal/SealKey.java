package io.orrery.kernel.seal;

import io.orrery.kernel.Check;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * A key of the cluster: 16, 24 or 32 random bytes, and the number by which frames, logs and people name it. The number is a
 * hash cut to 32 bits: it says nothing of the key. Equal if the bytes are; never prints them.
 */
public final class SealKey {
    private static final byte[] NAMING = "orrery seal key id".getBytes(StandardCharsets.US_ASCII);

    private final byte[] material;
    private final int id;

    private SealKey(byte[] material, int id) {
        this.material = material;
        this.id = id;
    }

    /**
     * @throws IllegalArgumentException unless it has 16, 24 or 32 bytes, and more than one value among them
     */
    public static SealKey of(Cipherer ciphers, byte[] material) {
        int bytes = material.length;
        Check.argument(bytes == 16 || bytes == 24 || bytes == 32, "a key has 16, 24 or 32 bytes, not", bytes);
        boolean varied = false;
        for (byte one : material) {
            varied |= one != material[0];
        }
        Check.argument(varied, "a key is random: this one is one byte repeated");
        byte[] hash = ciphers.hmac(material, NAMING);
        int id = (hash[0] & 0xFF) << 24 | (hash[1] & 0xFF) << 16 | (hash[2] & 0xFF) << 8 | hash[3] & 0xFF;
        return new SealKey(material.clone(), id);
    }

    /**
     * A key as text: base64, as {@code serf keygen} and {@code consul keygen} print one.
     *
     * @throws IllegalArgumentException if it is not; the message does not repeat it
     */
    public static SealKey parse(Cipherer ciphers, String text) {
        byte[] material;
        try {
            material = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a key is base64 of 16, 24 or 32 bytes; this text is not base64");
        }
        return of(ciphers, material);
    }

    /** Tells keys apart on the wire. */
    public int id() {
        return id;
    }

    /** The id for people: eight hexadecimal digits. */
    public String name() {
        return name(id);
    }

    /** An id for people. */
    public static String name(int id) {
        String digits = Integer.toHexString(id);
        return "0".repeat(8 - digits.length()) + digits;
    }

    /** The key's bytes, as text; for key files and for what travels sealed. */
    public String encoded() {
        return Base64.getEncoder().encodeToString(material);
    }

    byte[] material() {
        return material;
    }

    /** A copy of the key's bytes. */
    public byte[] bytes() {
        return material.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealKey that && Arrays.equals(material, that.material);
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return "key " + name();
    }
}
