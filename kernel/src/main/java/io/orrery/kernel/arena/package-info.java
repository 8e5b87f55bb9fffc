/**
 * Many short byte strings in few large arrays.
 *
 * <p>For tables of millions of topics and rows, where an object each would cost more than what it holds. Not for what is
 * large, and not for what lives for one event.
 *
 * <p>Start with {@link io.orrery.kernel.arena.ByteArena}.
 */
package io.orrery.kernel.arena;
