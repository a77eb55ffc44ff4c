package io.hasupervisor.observe.etcd;

/**
 * What lies under a key.
 *
 * @param revision of its last modification, by which it can be compared and set; 0 where the key is
 *     not there, and the value is empty
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Stored(byte[] value, long revision) {
  /** No such key. */
  static Stored absent() {
    return new Stored(new byte[0], 0);
  }

  /** Whether the key is there. */
  public boolean present() {
    return revision != 0;
  }
}
