package io.hasupervisor.observe.disruption;

/** The lock's value is not what this program writes; the message says where. */
final class NotOurs extends Exception {
  private static final long serialVersionUID = 1L;

  private final String where;

  NotOurs(String where) {
    super(where, null, false, false);
    this.where = where;
  }

  @Override
  public String getMessage() {
    return where;
  }
}
