/** The log: structured entries to systemd's journal, or plain text on standard error. */
package io.hasupervisor.host.journal;
