package io.hasupervisor.observe.backup;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Random;

/** Snapshots as etcd sends them: a small bbolt file and its SHA-256. */
public final class Snapshots {
  public static final int PAGE = 4096;

  private Snapshots() {}

  /** A good one; another for each seed. */
  public static byte[] whole(int pages, long seed) {
    return signed(database(PAGE, pages, seed));
  }

  /** The file without its trailer. */
  static byte[] database(int pageSize, int pages, long seed) {
    byte[] bytes = new byte[pageSize * pages];
    new Random(seed).nextBytes(bytes);
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    meta(file, 0, pageSize, pages, 7);
    meta(file, pageSize, pageSize, pages, 6);
    return bytes;
  }

  static void meta(ByteBuffer file, int at, int pageSize, long pages, long transaction) {
    file.putLong(at, at / pageSize).putShort(at + 8, (short) 4);
    int meta = at + 16;
    file.putInt(meta, 0xED0CDAED).putInt(meta + 4, 2).putInt(meta + 8, pageSize);
    file.putLong(meta + 40, pages).putLong(meta + 48, transaction);
    long hash = 0xcbf29ce484222325L;
    for (int i = meta; i < meta + 56; i++) {
      hash = (hash ^ (file.get(i) & 0xff)) * 0x100000001b3L;
    }
    file.putLong(meta + 56, hash);
  }

  /** With the trailer that belongs to it. */
  static byte[] signed(byte[] database) {
    try {
      byte[] all = Arrays.copyOf(database, database.length + 32);
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(database);
      System.arraycopy(sum, 0, all, database.length, 32);
      return all;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
