package io.hasupervisor.observe.etcd;

/** An answer that is not etcd's. Never leaves this package. */
final class NotEtcd extends Exception {
  private static final long serialVersionUID = 1L;

  NotEtcd(String detail) {
    super(detail, null, false, false);
  }
}
