/**
 * The determinism of pure modules as a test: which types and calls they may not touch. Exported in the kernel's test-jar;
 * each pure module has a {@code PurityTest} of two lines.
 *
 * <p>Start with {@link io.orrery.kernel.purity.PurityRules}. The package {@code offence} holds one class for each rule
 * that breaks it; {@code PurityRulesTest} sees that each is caught. {@link io.orrery.kernel.purity.LibraryFreeApi} keeps
 * the libraries of impure modules out of their signatures.
 */
package io.orrery.kernel.purity;
