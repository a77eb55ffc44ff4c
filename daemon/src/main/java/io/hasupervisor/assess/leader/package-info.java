/** Pure: election records over time to who leads, and whether anybody does. */
package io.hasupervisor.assess.leader;
