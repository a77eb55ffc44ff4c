/** Has systemd ask before it starts docker, and no longer. */
package io.hasupervisor.act.guard;
