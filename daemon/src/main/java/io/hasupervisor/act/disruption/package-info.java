/** What is done for a repair: the lock written, leadership moved, this host's etcd ended. */
package io.hasupervisor.act.disruption;
