package io.hasupervisor.observe.hostfiles;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.host.KernelLog.Entry;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KernelTest {
  @ParameterizedTest
  @CsvSource(
      value = {
        "3 | blk_update_request: I/O error, dev sdb, sector 2048 op 0x1:(WRITE) | true",
        "3 | critical medium error, dev sdb, sector 2048 | true",
        "3 | Buffer I/O error on dev sdb1, logical block 1, lost async page write | true",
        "2 | EXT4-fs error (device sdb1): ext4_find_entry:1455: inode #2: comm etcd | true",
        "2 | EXT4-fs (sdb1): Remounting filesystem read-only | true",
        "3 | Aborting journal on device sdb1-8. | true",
        "1 | XFS (sdb1): metadata I/O error in \"xfs_trans_read_buf_map\" at daddr 0x0 | true",
        "1 | XFS (sdb1): Corruption of in-memory data detected. Shutting down filesystem | true",
        "3 | BTRFS error (device sdb1): parent transid verify failed | true",
        // What sound disks make their drivers say.
        "3 | sd 0:0:0:0: [sdb] No Caching mode page found | false",
        "3 | sd 0:0:0:0: [sdb] Assuming drive cache: write through | false",
        "6 | EXT4-fs (sdb1): mounted filesystem read-only with ordered data mode | false",
        "4 | sd 2:0:0:0: [sdb] tag#0 I/O error would be retried | false",
      },
      delimiter = '|')
  void onlyWhatADiskBreaksWithIsAnError(int level, String text, boolean error) {
    assertEquals(error, Kernel.diskError(new Entry(level, Duration.ZERO, text)));
  }
}
