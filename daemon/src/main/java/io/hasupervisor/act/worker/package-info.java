/** Pointing a worker's clients at a load balancer, with the way back. */
package io.hasupervisor.act.worker;
