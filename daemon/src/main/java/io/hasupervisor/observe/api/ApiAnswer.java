package io.hasupervisor.observe.api;

import io.hasupervisor.observe.Symptom;
import java.time.Duration;
import java.util.List;

/** What an apiserver, or who sits in its place, said to one question. */
public sealed interface ApiAnswer {

  /** All is well, after so long. */
  record Well(Duration took) implements ApiAnswer {}

  /** It serves, but not us (401, 403): up, and nothing more is known. */
  record Denied(int status) implements ApiAnswer {}

  /**
   * It says that it is not well.
   *
   * @param checks names of those that failed, such as {@code etcd}; empty where it named none
   * @param said an excerpt
   */
  record Failing(int status, List<String> checks, String said) implements ApiAnswer {
    public Failing {
      checks = List.copyOf(checks);
    }
  }

  /** It has no such path (404), as old ones have no {@code /livez}. */
  record NoSuchPath() implements ApiAnswer {}

  /** Something answers that is no apiserver: a redirect, a page of a proxy, no HTTP at all. */
  record Foreign(int status, String said) implements ApiAnswer {}

  /**
   * No answer.
   *
   * @param connected whether a connection was accepted before: then it hangs
   * @param detail part of a sentence
   */
  record Silent(Symptom symptom, boolean connected, String detail) implements ApiAnswer {}

  /** It was not asked, or this host is at fault; {@code why} is part of a sentence. */
  record NotAsked(String why) implements ApiAnswer {}
}
