package io.hasupervisor.host.systemd;

/** systemd could not be asked, or did not answer in time; the message says what may help. */
public final class SystemdUnavailable extends Exception {
  private static final long serialVersionUID = 1;

  /** Whether the order may have been carried out all the same. */
  public enum Order {
    /** It never left this process. */
    NOT_GIVEN,
    /** It was sent and not answered. */
    UNANSWERED
  }

  private final Order order;

  public SystemdUnavailable(String message, Order order) {
    super(message);
    this.order = order;
  }

  /** Whether the order may have been carried out all the same. */
  public Order order() {
    return order;
  }
}
