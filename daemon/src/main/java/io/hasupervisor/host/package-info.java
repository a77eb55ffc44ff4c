/**
 * The operating system: time, processes, systemd, unix sockets, journal, files. Knows nothing of
 * services and imports nothing of ours.
 */
package io.hasupervisor.host;
