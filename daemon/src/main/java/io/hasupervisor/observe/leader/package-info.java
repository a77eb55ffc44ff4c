/**
 * The records by which scheduler and controller manager elect their leader, as read from an
 * apiserver.
 */
package io.hasupervisor.observe.leader;
