/**
 * What the registry costs with many entries: heap, changes, digests, a full sync over loopback TCP, the disk.
 *
 * <p>Start with {@link io.orrery.server.bench.registry.RegistryCost}; the figures are in
 * {@link io.orrery.server.bench.registry.RegistryFigures}, which {@code orrery bench registry} prints. It measures and judges
 * nothing: docs/REGISTRY.md has what came out.
 */
package io.orrery.server.bench.registry;
