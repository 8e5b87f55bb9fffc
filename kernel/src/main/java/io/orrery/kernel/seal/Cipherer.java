package io.orrery.kernel.seal;

/**
 * The ciphers, which pure code may not name: AES-256-GCM (NIST SP 800-38D), HMAC-SHA256 (RFC 2104). Both are functions of
 * their arguments alone. For one thread.
 */
public interface Cipherer {
    int KEY_BYTES = 32;
    int NONCE_BYTES = 12;
    int TAG_BYTES = 16;
    int HASH_BYTES = 32;

    /** AES-256-GCM under a key of {@value #KEY_BYTES} bytes. */
    Aead aead(byte[] key);

    /** HMAC-SHA256 over the parts, one after another. */
    byte[] hmac(byte[] key, byte[]... parts);

    /** One key, ready to be used many times. */
    interface Aead {
        /**
         * Encrypts {@code length} bytes and puts the tag behind them.
         *
         * @param nonce never the same twice under one key
         * @param aad authenticated, not encrypted, as is {@code context} behind it
         */
        void seal(
                byte[] nonce,
                byte[] aad,
                int aadOffset,
                int aadLength,
                byte[] context,
                byte[] in,
                int offset,
                int length,
                byte[] out,
                int outOffset);

        /**
         * Decrypts {@code length} bytes, the tag among them.
         *
         * @return false if they were not sealed so; {@code out} then holds nothing of use
         */
        boolean open(
                byte[] nonce,
                byte[] aad,
                int aadOffset,
                int aadLength,
                byte[] context,
                byte[] in,
                int offset,
                int length,
                byte[] out,
                int outOffset);
    }
}
