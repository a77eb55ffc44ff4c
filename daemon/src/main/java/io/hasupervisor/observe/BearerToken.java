package io.hasupervisor.observe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A bearer token, as it is read and sent; its content never appears in a message. */
public final class BearerToken {
  private static final String SHOWN = "(token)";

  private static final int LONGEST = 16 * 1024;

  private BearerToken() {}

  /**
   * @throws EarlyAnswer inconclusive, naming the file
   */
  static Optional<String> read(Optional<Path> file) throws EarlyAnswer {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    String token;
    try (InputStream in = Files.newInputStream(file.get())) {
      token = new String(in.readNBytes(LONGEST + 1), StandardCharsets.ISO_8859_1).strip();
    } catch (IOException e) {
      throw EarlyAnswer.inconclusive(ClientTls.unreadable("token file", file.get(), e));
    }
    if (!usable(token)) {
      throw EarlyAnswer.inconclusive("the token file " + file.get() + " holds no usable token");
    }
    return Optional.of(token);
  }

  /** The header by which it is sent; none where there is no token. */
  static Map<String, String> header(Optional<String> token) {
    return token.map(secret -> Map.of("Authorization", "Bearer " + secret)).orElse(Map.of());
  }

  /** What a server answered, without the token that was sent: it may echo it. */
  static String masked(Optional<String> token, String answer) {
    return token.map(secret -> answer.replace(secret, SHOWN)).orElse(answer);
  }

  /** Whether it can be sent in a header: anything else in it would be another header. */
  public static boolean usable(String token) {
    return !token.isEmpty()
        && token.length() <= LONGEST
        && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
