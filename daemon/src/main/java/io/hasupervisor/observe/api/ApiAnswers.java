package io.hasupervisor.observe.api;

import io.hasupervisor.observe.Excerpt;
import io.hasupervisor.observe.HttpCall.Reply;
import io.hasupervisor.observe.Symptom;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a reply over HTTP means where an apiserver is expected. */
public final class ApiAnswers {
  /** A line of a health path's verbose form, as {@code [-]etcd failed: reason withheld}. */
  private static final Pattern FAILED = Pattern.compile("(?m)^\\[-]([\\w./-]{1,100}) failed");

  private static final int MOST_CHECKS = 20;

  private ApiAnswers() {}

  /**
   * The answer that {@code reply} is.
   *
   * @param took time from the question to the reply
   */
  public static ApiAnswer of(Reply reply, Duration took) {
    return switch (reply) {
      case Reply.None none when none.symptom().isEmpty() -> new ApiAnswer.NotAsked(none.why());
      case Reply.None none when none.symptom().get() == Symptom.GARBAGE ->
          new ApiAnswer.Foreign(0, none.why());
      case Reply.None none ->
          new ApiAnswer.Silent(none.symptom().get(), none.connected(), none.why());
      case Reply.Answer answer -> of(answer, took);
    };
  }

  private static ApiAnswer of(Reply.Answer answer, Duration took) {
    int status = answer.status();
    String said = Excerpt.of(answer.body());
    // An apiserver never answers with a page: proxies do, with 503 as well as with 403 or 200.
    if (page(answer)) {
      return new ApiAnswer.Foreign(status, said);
    }
    return switch (status) {
      case 200 -> new ApiAnswer.Well(took);
      case 401, 403 -> new ApiAnswer.Denied(status);
      case 404 -> new ApiAnswer.NoSuchPath();
      // It sheds load (429): it says itself that it is not well.
      case 429 -> new ApiAnswer.Failing(status, List.of(), said);
      default ->
          status >= 500
              ? new ApiAnswer.Failing(status, checks(answer.body()), said)
              : new ApiAnswer.Foreign(status, leading(answer, said));
    };
  }

  private static boolean page(Reply.Answer answer) {
    return answer.headers().getOrDefault("content-type", "").contains("html")
        || answer.body().stripLeading().startsWith("<");
  }

  private static List<String> checks(String body) {
    return FAILED.matcher(body).results().map(it -> it.group(1)).limit(MOST_CHECKS).toList();
  }

  private static String leading(Reply.Answer answer, String said) {
    String to = Excerpt.of(answer.headers().getOrDefault("location", ""));
    return answer.status() / 100 == 3 && !to.isEmpty() ? "a redirect to " + to : said;
  }

  /** SHA-256 of the certificate that the server showed, in hexadecimal; empty without TLS. */
  public static Optional<String> certificate(Reply reply) {
    return reply instanceof Reply.Answer answer
        ? answer.certificate().map(ApiAnswers::fingerprint)
        : Optional.empty();
  }

  /** SHA-256 of a certificate, in hexadecimal. */
  public static String fingerprint(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
