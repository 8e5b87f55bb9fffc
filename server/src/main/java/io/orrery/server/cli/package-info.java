/**
 * The {@code orrery} command: parsing, talking to a node's admin interface, and printing as the documentation of the
 * systems we follow prints.
 *
 * <p>Data goes to stdout, words to stderr; exit codes are those of {@link io.orrery.server.problem.ExitCode}. Commands
 * hold no logic of the broker: what they show is what the node says. Start with
 * {@link io.orrery.server.cli.OrreryCommand}; a new subcommand is one class added to its list.
 */
package io.orrery.server.cli;
