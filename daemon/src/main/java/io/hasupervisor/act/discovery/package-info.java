/** Asks a discovery service for what a new etcd cluster needs of it. */
package io.hasupervisor.act.discovery;
