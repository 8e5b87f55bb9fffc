/**
 * The admin interface: JSON over HTTP for the tools, health for supervisors, counters for Prometheus. It asks for no
 * password and therefore listens on loopback.
 *
 * <p>What it answers, others decide: {@link io.orrery.server.admin.AdminApi} is the seam. Start with
 * {@link io.orrery.server.admin.AdminServer}.
 */
package io.orrery.server.admin;
