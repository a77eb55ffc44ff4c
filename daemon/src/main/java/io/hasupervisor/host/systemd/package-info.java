/** systemd over D-Bus: what it says of a unit, and the few orders given to it. */
package io.hasupervisor.host.systemd;
