/**
 * monit's control files, and what of them is ours: text to words, words to statements, statements
 * to a file of our own configuration. Pure: what is on disk comes through {@link ControlFiles}.
 *
 * <p>The grammar is that of monit 5.33, as its manual and its answers to {@code monit -t} have it.
 * No statement is lost: each is imported, or named with what to do instead.
 */
package io.hasupervisor.monit;
