/** What is thought of a worker's way to the apiservers. */
package io.hasupervisor.assess.worker;
