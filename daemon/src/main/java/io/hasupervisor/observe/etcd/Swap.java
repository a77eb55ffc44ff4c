package io.hasupervisor.observe.etcd;

/** How a compare-and-set ended that was answered. */
public sealed interface Swap {

  /** The value was set, with this revision. */
  record Set(long revision) implements Swap {}

  /** Somebody else had written; nothing was changed, and this is there. */
  record Lost(Stored present) implements Swap {}
}
