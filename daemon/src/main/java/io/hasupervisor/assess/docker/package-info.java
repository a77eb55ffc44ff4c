/** Pure: what becomes of the containers when docker is started or upgraded, and who may do that. */
package io.hasupervisor.assess.docker;
