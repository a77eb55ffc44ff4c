package io.hasupervisor.host.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A public key in PEM ({@code PUBLIC KEY}, RFC 7468), such as kubeadm's {@code sa.pub}. */
public final class PemPublicKey {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([^-]*)-----END PUBLIC KEY-----");

  private PemPublicKey() {}

  /**
   * The first public key in {@code pem}.
   *
   * @throws GeneralSecurityException when there is none, or it is malformed
   */
  public static PublicKey parse(byte[] pem) throws GeneralSecurityException {
    Matcher block = BLOCK.matcher(new String(pem, StandardCharsets.ISO_8859_1));
    if (!block.find()) {
      throw new InvalidKeyException("no public key in PEM");
    }
    X509EncodedKeySpec spec = new X509EncodedKeySpec(decoded(block.group(1)));
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePublic(spec);
      } catch (InvalidKeySpecException e) {
        // Of another algorithm, or malformed: the next one tells.
      }
    }
    throw new InvalidKeyException("malformed, or neither RSA, EC nor EdDSA");
  }

  private static byte[] decoded(String base64) throws InvalidKeyException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new InvalidKeyException("damaged PEM");
    }
  }
}
