package io.hasupervisor.observe.etcd;

/** This host's etcd process (E7), seen without docker: it holds the lock of the data directory. */
public sealed interface ProcessSeen {

  /**
   * It is there.
   *
   * @param state letter of proc(5): R, S, D, T …
   * @param startTicks start time in clock ticks since boot: tells it from a later one of that pid
   */
  record Alive(long pid, char state, long startTicks) implements ProcessSeen {}

  /** No process holds the data. */
  record Absent() implements ProcessSeen {}

  /** It could not be found out, or nothing of etcd is on this host. */
  record Unknown(String why) implements ProcessSeen {}
}
