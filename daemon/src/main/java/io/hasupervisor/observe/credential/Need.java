package io.hasupervisor.observe.credential;

/** What it means that a file is missing. */
public enum Need {
  /** Something does not start or work. */
  REQUIRED,
  /** Something is lost that is not needed all the time. */
  WANTED,
  /** Fine without. */
  OPTIONAL
}
