package io.hasupervisor.assess.api;

/** What is remembered of one apiserver from round to round. */
public record ApiserverHistory() {

  /** Before the first round. */
  public static ApiserverHistory none() {
    return new ApiserverHistory();
  }
}
