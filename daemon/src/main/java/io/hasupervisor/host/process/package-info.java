/**
 * Processes that are not a systemd unit: their identity, their death, signals to them, and how one
 * is started so that it outlives this daemon.
 */
package io.hasupervisor.host.process;
