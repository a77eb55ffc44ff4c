/**
 * Pure: what to do next with one service, and why.
 *
 * <p>The caller's duties: first, give events in the order they were received and a {@code now} that
 * never goes back. Second, carry out at most the one action a step returns, and report its end once
 * with {@link io.hasupervisor.decide.Event.Finished}. Third, step with {@link
 * io.hasupervisor.decide.Event.Ticked} when {@link io.hasupervisor.decide.Phase#deadline} has come;
 * while an action is in flight no deadline counts. Fourth, tell dependencies before the first look,
 * and judge the probes anew at least every second: a verdict ages only where it is asked for.
 * Imports {@code assess} and {@code observe}'s types; no clock, no random source, no logging.
 */
package io.hasupervisor.decide;
