/**
 * The lock in etcd by which the masters take turns in what may cost a member: what is read of it.
 */
package io.hasupervisor.observe.disruption;
