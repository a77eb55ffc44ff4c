/**
 * One round of questions on the way into the cluster: apiservers, load balancer, election records.
 */
package io.hasupervisor.observe.entry;
