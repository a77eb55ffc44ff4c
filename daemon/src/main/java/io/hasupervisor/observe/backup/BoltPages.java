package io.hasupervisor.observe.backup;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The first two pages of a bbolt file (go.etcd.io/bbolt: {@code page.go}, {@code db.go}): each says
 * what the whole file is; one of them is enough, and the one of the later transaction counts.
 */
final class BoltPages {
  private static final int SMALLEST_PAGE = 512;

  /** The largest page of any machine that Linux runs on; bbolt takes the machine's. */
  private static final int LARGEST_PAGE = 64 * 1024;

  private static final int PAGE_HEADER = 16;
  private static final int META = 64;

  /** So much of a file's beginning is needed. */
  static final int HEAD = LARGEST_PAGE + PAGE_HEADER + META;

  private static final int MAGIC = 0xED0CDAED;
  private static final int VERSION = 2;
  private static final short META_PAGE = 0x04;

  private static final int SUMMED = 56;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private BoltPages() {}

  private record Meta(int pageSize, long pages, long transaction) {}

  /**
   * What is wrong with a file.
   *
   * @param head its first {@link #HEAD} bytes, zeros where it is shorter
   * @param size of the file in bytes
   */
  static Optional<String> fault(byte[] head, long size) {
    // The byte order is the member's, which runs on this host.
    ByteBuffer file = ByteBuffer.wrap(head).order(ByteOrder.nativeOrder());
    Optional<Meta> newest = metas(file).max(Comparator.comparingLong(Meta::transaction));
    if (newest.isEmpty()) {
      return Optional.of(
          "neither of its first two pages is one of a bbolt database: it is no snapshot, or"
              + " damaged");
    }
    long fits = size / newest.get().pageSize();
    return Long.compareUnsigned(newest.get().pages(), fits) <= 0
        ? Optional.empty()
        : Optional.of(
            "it is to have %s pages and has only %d: it is cut"
                .formatted(Long.toUnsignedString(newest.get().pages()), fits));
  }

  private static Stream<Meta> metas(ByteBuffer file) {
    Optional<Meta> first = at(file, 0);
    // Where the first is bad, nothing tells where the second is: as bbolt does, all sizes are
    // tried.
    Stream<Meta> second =
        IntStream.iterate(SMALLEST_PAGE, size -> size <= LARGEST_PAGE, size -> size * 2)
            .filter(size -> first.isEmpty() || first.get().pageSize() == size)
            .boxed()
            .flatMap(size -> at(file, size).filter(meta -> meta.pageSize() == size).stream());
    return Stream.concat(first.stream(), second);
  }

  private static Optional<Meta> at(ByteBuffer file, int page) {
    int meta = page + PAGE_HEADER;
    int pageSize = file.getInt(meta + 8);
    boolean good =
        (file.getShort(page + 8) & META_PAGE) != 0
            && file.getInt(meta) == MAGIC
            && file.getInt(meta + 4) == VERSION
            && file.getLong(meta + SUMMED) == fnv(file, meta)
            && pageSize >= SMALLEST_PAGE
            && pageSize <= LARGEST_PAGE
            && Integer.bitCount(pageSize) == 1;
    return good
        ? Optional.of(new Meta(pageSize, file.getLong(meta + 40), file.getLong(meta + 48)))
        : Optional.empty();
  }

  /** FNV-1a of 64 bits. */
  private static long fnv(ByteBuffer file, int from) {
    long hash = FNV_OFFSET;
    for (int i = from; i < from + SUMMED; i++) {
      hash = (hash ^ (file.get(i) & 0xff)) * FNV_PRIME;
    }
    return hash;
  }
}
