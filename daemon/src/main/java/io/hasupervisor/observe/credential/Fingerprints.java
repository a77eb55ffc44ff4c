package io.hasupervisor.observe.credential;

import io.hasupervisor.host.WholeFile;
import io.hasupervisor.host.tls.PemKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * By what masters compare secrets without showing them: HMAC-SHA256 with a key that is derived
 * (HKDF, RFC 5869) from the one that signs service accounts' tokens, which all masters and nobody
 * else have, as a bare hash of a short file of passwords can be guessed. The authority's key would
 * do as well, but the seed's masters do not have it. Links are not followed.
 */
public final class Fingerprints {
  /** In place of a fingerprint where there is no such file. */
  public static final String ABSENT = "none";

  /** Names of the key that all others are keyed with: they compare only where this one is equal. */
  public static final List<String> SIGNING_KEYS = List.of("server.key", "sa.key");

  private static final byte[] LABEL =
      "ha-supervisor shared secrets 1".getBytes(StandardCharsets.UTF_8);
  private static final int FILE_LIMIT = 1 << 20;
  private static final int SHOWN_BYTES = 8;

  private Fingerprints() {}

  /**
   * 16 hexadecimal digits by the file's name, {@link #ABSENT} for one that is not there; one that
   * cannot be read is left out. Without a usable signing key that is the only one, and absent.
   */
  public static Map<String, String> of(SharedFiles files) {
    Map<String, Path> paths = files.byName();
    Map<String, String> found = new TreeMap<>();
    try {
      SecretKey key = key(content(files.signingKey()));
      for (Map.Entry<String, Path> file : paths.entrySet()) {
        fingerprint(key, file.getKey(), file.getValue())
            .ifPresent(it -> found.put(file.getKey(), it));
      }
      return Map.copyOf(found);
    } catch (IOException | GeneralSecurityException e) {
      return Map.of(files.signingKeyName(), ABSENT);
    }
  }

  /** From the key itself, not from its file: PKCS#1 and PKCS#8 are two ways to write one key. */
  private static SecretKey key(byte[] signing) throws GeneralSecurityException {
    return KDF.getInstance("HKDF-SHA256")
        .deriveKey(
            "HmacSHA256",
            HKDFParameterSpec.ofExtract()
                .addIKM(PemKey.parse(signing).getEncoded())
                .thenExpand(LABEL, 32));
  }

  private static Optional<String> fingerprint(SecretKey key, String name, Path file)
      throws GeneralSecurityException {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      // The name too: equal contents of two files are nobody's business.
      mac.update((name + "\0").getBytes(StandardCharsets.UTF_8));
      byte[] digest = mac.doFinal(meaning(name, content(file)));
      return Optional.of(HexFormat.of().formatHex(Arrays.copyOf(digest, SHOWN_BYTES)));
    } catch (NoSuchFileException e) {
      return Optional.of(ABSENT);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What does not tell two files apart is left out: how a key is written, blanks at line ends. */
  private static byte[] meaning(String name, byte[] content) {
    if (name.endsWith(".key")) {
      try {
        return PemKey.parse(content).getEncoded();
      } catch (GeneralSecurityException e) {
        // Then it is compared as it is.
      }
    }
    StringBuilder lines = new StringBuilder();
    new String(content, StandardCharsets.ISO_8859_1)
        .lines()
        .map(String::stripTrailing)
        .filter(line -> !line.isEmpty())
        .forEach(line -> lines.append(line).append('\n'));
    return lines.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] content(Path file) throws IOException {
    return WholeFile.read(file, FILE_LIMIT);
  }
}
