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
 * <p>A subject has the same name in each stage that knows it. What may cost etcd a member, or its
 * quorum, is decided along these:
 *
 * <pre>
 *   observe/etcd         each member's answers, and the attestations by which the daemons hear of each other
 *   observe/disruption   the lock in etcd by which the masters take turns, as it is read
 *   observe/docker       who may start docker, and what its settings do to the containers
 *   observe/credential   also keyed fingerprints of the secrets that all masters share
 *   assess/etcd          what each member, and the cluster, is worth
 *   assess/docker        what becomes of the containers: live-restore is verified, not believed
 *   assess/masters       all masters as this one knows them, and in what they differ
 *   decide/disruption    Gate: whether this master may be disturbed; RepairMachine: lock, second look, act, release
 *   decide/manifest      the placement of manifests; that of etcd and of an apiserver goes through the gate
 *   act/disruption       the lock written, leadership moved, etcd ended, the host rebooted
 *   act/etcd             this host's attestation written
 *   act/guard            the drop-in by which systemd asks before it starts docker
 *   loop/                Mastership owns the desks of a master: EtcdDesk, EntryDesk, PodDesk, MastersDesk, RepairDesk;
 *                        RollingDesk and RebootDesk order work in turns, LockClerk carries out orders about the lock,
 *                        RepairConsent, OrderGuard and StartGuard ask RepairDesk before a kill, an order and a start
 * </pre>
 *
 * Who may import whom is held by {@code ArchitectureTest}.
 */
package io.hasupervisor;
