/**
 * The program: observe, assess, decide, act, publish. The two middle stages are pure; one thread
 * owns all state.
 *
 * <pre>
 *   cluster/  what the operator says of this master and its cluster: records
 *   yaml/     YAML text to a tree that knows its places
 *   config/   files to the records of the others; every problem at once, each with file:line:column and path
 *   host/     the operating system: time, processes, systemd, unix sockets, journal, files; knows nothing of services
 *   observe/  probes: one question with a deadline; a sick target is an answer, not an exception
 *   assess/   pure: check results to Health
 *   decide/   pure: (policy, state, event, now) to Step(next, action?, because)
 *   act/      carries out one Action, returns one Outcome; never decides, never retries
 *   publish/  the immutable Status to HTTP, text and journal
 *   control/  the root-only control socket and the commands behind it
 *   loop/     the single-threaded loop: mailbox in, step, hand out actions, swap the Status
 *   monit/    monit's control files to a file of our configuration; for one command
 *   command/  commands that work by themselves: render, validate, create, check
 * </pre>
 *
 * Who may import whom is held by {@code ArchitectureTest}.
 */
package io.hasupervisor;
