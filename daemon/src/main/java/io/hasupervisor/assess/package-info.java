/**
 * Pure: turns check results into a verdict on a service's health. Imports only {@code observe}'s
 * result types.
 */
package io.hasupervisor.assess;
