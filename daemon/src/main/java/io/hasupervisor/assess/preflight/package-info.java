/** Pure: what keeps a host from being a master, in the order in which a person would cure it. */
package io.hasupervisor.assess.preflight;
