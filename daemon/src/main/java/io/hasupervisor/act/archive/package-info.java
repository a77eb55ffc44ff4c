/** Archives of files, written piece by piece. */
package io.hasupervisor.act.archive;
