/** House rules that a machine can check, as an ordinary test over all modules. */
package io.orrery.kernel.tidy;
