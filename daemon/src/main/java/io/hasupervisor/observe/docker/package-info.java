/** What may start docker, and what becomes of its containers then: looks only. */
package io.hasupervisor.observe.docker;
