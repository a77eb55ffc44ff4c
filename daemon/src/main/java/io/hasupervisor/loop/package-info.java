/**
 * The single-threaded loop: mailbox in, step, hand out actions, swap the status. The only owner of
 * mutable state.
 */
package io.hasupervisor.loop;
