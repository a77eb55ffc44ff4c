/** What is changed to point a worker's clients at a load balancer. */
package io.hasupervisor.decide.worker;
