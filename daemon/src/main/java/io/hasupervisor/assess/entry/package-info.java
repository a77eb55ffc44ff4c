/** Pure: a round of questions on the way into the cluster to what is thought of all of it. */
package io.hasupervisor.assess.entry;
