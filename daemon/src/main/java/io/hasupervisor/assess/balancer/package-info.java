/** Pure: what passed through the load balancer to what is thought of it. */
package io.hasupervisor.assess.balancer;
