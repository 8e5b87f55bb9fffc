/**
 * Bytes, and how messages become bytes and come back. Pure, and safe against any input: decoding yields a message or a
 * {@link io.orrery.kernel.codec.DecodeException}, whatever the bytes.
 *
 * <p>Start with {@link io.orrery.kernel.codec.Codec} and {@link io.orrery.kernel.codec.Frame}. Integers are little-endian.
 */
package io.orrery.kernel.codec;
