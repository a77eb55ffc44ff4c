/** Pure: when etcd is backed up, whether that is permitted now, and which backups go. */
package io.hasupervisor.decide.backup;
