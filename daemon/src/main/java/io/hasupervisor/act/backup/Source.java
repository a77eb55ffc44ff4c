package io.hasupervisor.act.backup;

import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.EtcdChannel;
import io.hasupervisor.observe.etcd.Header;
import io.hasupervisor.observe.etcd.SnapshotStream;
import io.hasupervisor.observe.etcd.StatusSeen;
import java.time.Duration;

/** The member of etcd that is backed up: this host's own. */
public interface Source {

  /** A read through consensus. */
  Answer<Header> read() throws InterruptedException;

  /** What it says of itself. */
  Answer<StatusSeen> status() throws InterruptedException;

  /** A snapshot of its database. */
  SnapshotStream snapshot();

  /** The member behind a channel. */
  static Source of(EtcdChannel channel) {
    Duration limit = Duration.ofSeconds(5);
    return new Source() {
      @Override
      public Answer<Header> read() throws InterruptedException {
        return channel.read(limit);
      }

      @Override
      public Answer<StatusSeen> status() throws InterruptedException {
        return channel.status(limit);
      }

      @Override
      public SnapshotStream snapshot() {
        return channel.snapshot();
      }
    };
  }
}
