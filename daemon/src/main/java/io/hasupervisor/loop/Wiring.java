package io.hasupervisor.loop;

/** Makes the attachment of one service; {@code Daemon} knows how. */
@FunctionalInterface
interface Wiring {
  Attachment attach(ServiceSpec spec);
}
