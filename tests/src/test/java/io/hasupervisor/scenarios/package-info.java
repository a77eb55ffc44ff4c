/**
 * Transcripts: what happens, and what is done about it, as text for a reviewer. A block is
 * commands, a line {@code ----}, and the answer. {@code -Dscenarios.rewrite=true} writes the
 * answers anew: only commit them when you understand what changed them.
 */
package io.hasupervisor.scenarios;
