/** Pure: what is wrong with the backups, and what to do about it. */
package io.hasupervisor.assess.backup;
