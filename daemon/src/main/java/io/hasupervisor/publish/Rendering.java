package io.hasupervisor.publish;

/**
 * The form in which a status is wanted.
 *
 * @param json JSON; the rest is then of no matter
 * @param width columns, 40 to 250
 * @param colour with ANSI colours
 */
public record Rendering(boolean json, int width, boolean colour) {

  /** For programs. */
  public static final Rendering JSON = new Rendering(true, 80, false);

  /** For people, where nothing is known of their terminal. */
  public static final Rendering TEXT = new Rendering(false, 80, false);

  public Rendering {
    width = Math.clamp(width, 40, 250);
  }

  /** The cluster in this form. */
  public String of(ClusterStatus cluster) {
    return json ? ClusterJson.of(cluster) : ClusterText.of(cluster, this);
  }

  /** The status in this form. */
  public String of(Status status) {
    return json ? StatusJson.of(status) : StatusText.of(status, this);
  }
}
