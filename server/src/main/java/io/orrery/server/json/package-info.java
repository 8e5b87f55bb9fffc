/**
 * A small writer and reader of JSON (RFC 8259) for the admin interface and the tools; no reflection, no dependencies.
 *
 * <p>The reader is bounded in depth and refuses everything that is not JSON. Start with {@link io.orrery.server.json.Json}.
 */
package io.orrery.server.json;
