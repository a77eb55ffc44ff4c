/** Pure: what apiservers answered, round after round, to how each of them is. */
package io.hasupervisor.assess.api;
