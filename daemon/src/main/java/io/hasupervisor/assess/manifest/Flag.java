package io.hasupervisor.assess.manifest;

import io.hasupervisor.yaml.Place;

/** A flag of a command line, without its dashes; the value is empty where it has none. */
record Flag(String name, String value, Place place) {

  /** Whether a flag that needs no value is given and not switched off. */
  boolean on() {
    return !value.equalsIgnoreCase("false") && !value.equals("0");
  }
}
