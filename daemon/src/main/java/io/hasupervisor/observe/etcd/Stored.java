package io.hasupervisor.observe.etcd;

/** What lies under a key. */
public final class Stored {
  private static final Stored ABSENT = new Stored(new byte[0], 0);

  private final byte[] value;
  private final long revision;

  Stored(byte[] value, long revision) {
    this.value = value;
    this.revision = revision;
  }

  /** No such key. */
  static Stored absent() {
    return ABSENT;
  }

  /** As it was written; empty where the key is not there. */
  public byte[] value() {
    return value.clone();
  }

  /** Of its last modification, by which it can be compared and set; 0 where it is not there. */
  public long revision() {
    return revision;
  }

  @Override
  public String toString() {
    return value.length + " bytes of revision " + revision;
  }
}
