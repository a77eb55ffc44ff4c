package io.hasupervisor.observe.etcd;

/** Who answered, and how far its store is. */
public record Header(EtcdId cluster, EtcdId member, long revision, long term) {}
