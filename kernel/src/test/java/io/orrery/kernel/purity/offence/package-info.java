/** One class for each way to break {@link io.orrery.kernel.purity.PurityRules}; never run. */
package io.orrery.kernel.purity.offence;
