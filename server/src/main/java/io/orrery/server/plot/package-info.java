/**
 * Small charts as SVG text: lines, points and bars on linear or logarithmic axes, readable on white and on black.
 *
 * <p>Start with {@link io.orrery.server.plot.Chart}. Nothing here knows what is plotted, and nothing writes files.
 */
package io.orrery.server.plot;
