/** Pure: what is wrong with the files of this host, and the command that cures it. */
package io.hasupervisor.assess.hostfiles;
