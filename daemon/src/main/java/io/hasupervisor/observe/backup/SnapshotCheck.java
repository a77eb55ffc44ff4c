package io.hasupervisor.observe.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Whether a snapshot of etcd is whole, told from its bytes as they pass by: the member ends it with
 * the SHA-256 of all before, which {@code etcdctl snapshot save} and {@code snapshot status} never
 * compare. Holds 64 KiB, however large the snapshot is; for one thread.
 */
public final class SnapshotCheck {
  private static final int TRAILER = 32;

  /** bbolt writes whole pages, whose size is a multiple of this. */
  private static final int SECTOR = 512;

  private final MessageDigest body = sha256();
  private final byte[] held = new byte[TRAILER];
  private final byte[] head = new byte[BoltPages.HEAD];
  private int holding;
  private long size;

  /**
   * What was found.
   *
   * @param sha256 of all bytes, as {@code sha256sum} prints it
   * @param problem why it must not be trusted; empty: it is whole
   */
  public record Checked(long size, String sha256, Optional<String> problem) {}

  /** Takes the next bytes. */
  public void feed(byte[] bytes, int from, int length) {
    if (size < head.length) {
      int room = (int) Math.min(length, head.length - size);
      System.arraycopy(bytes, from, head, (int) size, room);
    }
    size += length;
    if (length >= TRAILER) {
      body.update(held, 0, holding);
      body.update(bytes, from, length - TRAILER);
      System.arraycopy(bytes, from + length - TRAILER, held, 0, TRAILER);
      holding = TRAILER;
      return;
    }
    int over = Math.max(0, holding + length - TRAILER);
    body.update(held, 0, over);
    System.arraycopy(held, over, held, 0, holding - over);
    System.arraycopy(bytes, from, held, holding - over, length);
    holding += length - over;
  }

  /** Bytes taken so far. */
  public long size() {
    return size;
  }

  /**
   * Judges what was taken; nothing may be fed any more.
   *
   * @param remaining bytes that the member said would follow the last piece; 0 for a file
   */
  public Checked end(long remaining) {
    MessageDigest whole = copy(body);
    whole.update(held, 0, holding);
    return new Checked(
        size, HexFormat.of().formatHex(whole.digest()), problem(remaining, body.digest()));
  }

  private Optional<String> problem(long remaining, byte[] computed) {
    if (remaining != 0) {
      return Optional.of(
          "it ends after %d bytes, and the member had said that %d more follow"
              .formatted(size, remaining));
    }
    if (size <= TRAILER) {
      return Optional.of("it has only " + size + " bytes");
    }
    if (size % SECTOR != TRAILER) {
      return Optional.of(
          "its %d bytes are not whole pages and a checksum: it is cut, or ends without its checksum"
              .formatted(size));
    }
    if (!Arrays.equals(held, computed)) {
      return Optional.of(
          "its bytes do not have the SHA-256 at its end: it is cut, or bits have changed");
    }
    return BoltPages.fault(head, size - TRAILER);
  }

  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("Java's own SHA-256 can be copied", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
