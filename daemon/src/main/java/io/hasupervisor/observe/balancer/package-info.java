/** The load balancer before the apiservers, asked as a client would. */
package io.hasupervisor.observe.balancer;
