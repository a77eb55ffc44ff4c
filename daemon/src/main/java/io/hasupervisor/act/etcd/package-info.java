/** What is written to etcd: that this host's member serves. */
package io.hasupervisor.act.etcd;
