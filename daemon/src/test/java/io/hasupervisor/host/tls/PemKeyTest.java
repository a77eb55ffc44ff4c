package io.hasupervisor.host.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms that openssl writes are read in {@link HttpsProbeTest}. */
final class PemKeyTest {

  private static byte[] pem(String kind, byte[] der) {
    String lines = Base64.getMimeEncoder().encodeToString(der);
    return ("-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n")
        .getBytes(US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void readsPkcs8OfEveryAlgorithm(String algorithm) throws Exception {
    PrivateKey key = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
    assertEquals(key, PemKey.parse(pem("PRIVATE KEY", key.getEncoded())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"})
  void refusesBrokenKeysWithoutBreaking(String kind) {
    byte[] der = {0x30, 0x7f, 0x02, (byte) 0x84, 0x7f, 0x7f, 0x7f, 0x7f};
    for (int length = 0; length <= der.length; length++) {
      byte[] broken = pem(kind, java.util.Arrays.copyOf(der, length));
      assertThrows(GeneralSecurityException.class, () -> PemKey.parse(broken));
    }
  }

  @Test
  void refusesAnEncryptedKeyAndSaysSo() {
    GeneralSecurityException refused =
        assertThrows(
            GeneralSecurityException.class,
            () -> PemKey.parse(pem("ENCRYPTED PRIVATE KEY", new byte[9])));
    assertEquals("a key of the kind ENCRYPTED", refused.getMessage());
  }
}
