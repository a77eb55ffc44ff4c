package io.hasupervisor.command;

import picocli.CommandLine.Option;

/** An operator's word on what he has placed. */
final class QuorumLoss {
  @Option(
      names = "--accept-quorum-loss",
      description = {
        "Change a running etcd or apiserver although etcd may lose its quorum: on two masters, or"
            + " once it is lost.",
        "The reply says what it costs. Only etcd's last data is still guarded."
      })
  boolean accepted;
}
