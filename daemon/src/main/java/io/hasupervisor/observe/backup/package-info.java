/** Backups looked at: whether a snapshot of etcd is whole, and what lies in their directory. */
package io.hasupervisor.observe.backup;
