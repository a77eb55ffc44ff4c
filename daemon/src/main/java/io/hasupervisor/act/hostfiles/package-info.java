/**
 * Hands on the files of this host: makes what is absent, and never changes what is there unasked.
 */
package io.hasupervisor.act.hostfiles;
