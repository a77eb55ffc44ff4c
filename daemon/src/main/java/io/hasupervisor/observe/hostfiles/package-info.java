/** Eyes on the files of a host that static pods need: logs, etcd's data, the kubelet's settings. */
package io.hasupervisor.observe.hostfiles;
