/**
 * The configuration: one dotted key space for flags, environment, YAML file and defaults, in that order of precedence.
 *
 * <p>Each key is declared once, in {@link io.orrery.server.config.Keys}, with type, default, unit, range and meaning; the
 * reference in docs/OPERATIONS.md is written from the declarations. Unknown keys are refused with the nearest match.
 * Values are read once, at start; nothing here changes at run time. Start with {@link io.orrery.server.config.Config}.
 */
package io.orrery.server.config;
