/** Programs of others, run for real: what cannot be had from a stand-in. */
package io.hasupervisor.integration;
