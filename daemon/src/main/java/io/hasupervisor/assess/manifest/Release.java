package io.hasupervisor.assess.manifest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version that an image's tag names. */
record Release(int major, int minor) {
  private static final Pattern TAG =
      Pattern.compile(".*:v?(\\d{1,3})\\.(\\d{1,3})([.+_-][^/:]*)?(@.*)?");

  /** Empty where the tag is a hash, a word, or missing. */
  static Optional<Release> of(String image) {
    Matcher matcher = TAG.matcher(image);
    return matcher.matches()
        ? Optional.of(
            new Release(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  boolean atLeast(int wantedMajor, int wantedMinor) {
    return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
