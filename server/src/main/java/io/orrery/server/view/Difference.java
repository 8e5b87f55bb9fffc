package io.orrery.server.view;

/**
 * One thing on which nodes do not agree, or that is not settled.
 *
 * @param kind of the first look: {@code silent}, {@code member}, {@code suspect}, {@code rows}, {@code leader} or
 *     {@code applied}
 * @param about the member, owner or group that it is about
 * @param words who says what, for people
 */
public record Difference(String kind, String about, String words) {}
