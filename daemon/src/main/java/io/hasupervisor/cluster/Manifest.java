package io.hasupervisor.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One static pod manifest, as it is to stand in the kubelet's directory.
 *
 * @param name the file is {@code name.yaml}
 * @param template what it was rendered from, for people
 * @param text all of the file, ending with a line end
 */
public record Manifest(String name, String template, String text) {

  /** The file's name in the manifest directory. */
  public String file() {
    return name + ".yaml";
  }

  /** The file's bytes. */
  public byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** SHA-256 of the file's bytes, in lower-case hexadecimal. */
  public String sha256() {
    return sha256(bytes());
  }

  /** SHA-256 of {@code bytes}, in lower-case hexadecimal. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
