package io.hasupervisor.act;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Private keys as PEM. The JDK reads PKCS#8 only, while kubeadm writes PKCS#1 (RFC 8017) and the
 * kubelet SEC 1 (RFC 5915): these are wrapped.
 */
final class PemKey {
  private static final byte[] VERSION = HexFormat.of().parseHex("020100");
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int CURVE = 0xA0;

  private PemKey() {}

  static PrivateKey read(String pem) throws GeneralSecurityException {
    Optional<byte[]> pkcs1 = block(pem, "RSA PRIVATE KEY");
    if (pkcs1.isPresent()) {
      return key("RSA", der(SEQUENCE, VERSION, RSA, der(OCTETS, pkcs1.get())));
    }
    Optional<byte[]> sec1 = block(pem, "EC PRIVATE KEY");
    if (sec1.isPresent()) {
      byte[] algorithm = der(SEQUENCE, EC, curve(sec1.get()));
      return key("EC", der(SEQUENCE, VERSION, algorithm, der(OCTETS, sec1.get())));
    }
    byte[] pkcs8 =
        block(pem, "PRIVATE KEY").orElseThrow(() -> new InvalidKeySpecException("no private key"));
    for (String algorithm : List.of("RSA", "EC")) {
      try {
        return key(algorithm, pkcs8);
      } catch (InvalidKeySpecException e) {
        // The next one may fit.
      }
    }
    return key("Ed25519", pkcs8);
  }

  private static PrivateKey key(String algorithm, byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  private static Optional<byte[]> block(String pem, String type) throws InvalidKeySpecException {
    Matcher block =
        Pattern.compile("-----BEGIN " + type + "-----([A-Za-z0-9+/=\\s]+)-----END").matcher(pem);
    try {
      return block.find()
          ? Optional.of(Base64.getMimeDecoder().decode(block.group(1)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new InvalidKeySpecException("damaged PEM");
    }
  }

  /** All blocks of one type: a file may hold certificates and key together. */
  static byte[] blocks(String pem, String type) {
    Matcher block =
        Pattern.compile("-----BEGIN " + type + "-----[^-]+-----END " + type + "-----").matcher(pem);
    StringBuilder all = new StringBuilder();
    block.results().forEach(found -> all.append(found.group()).append('\n'));
    return all.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The curve's name: the field [0] behind version and private value. */
  private static byte[] curve(byte[] sec1) throws InvalidKeySpecException {
    try {
      int at = sec1[1] < 0 ? 2 + (sec1[1] & 0x7F) : 2;
      at += 3;
      at += 2 + sec1[at + 1];
      if ((sec1[at] & 0xFF) == CURVE) {
        return Arrays.copyOfRange(sec1, at + 2, at + 2 + sec1[at + 1]);
      }
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      // The same answer as for a key without one.
    }
    throw new InvalidKeySpecException("an EC key that names no curve");
  }

  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(tag);
    int length = content.size();
    if (length < 128) {
      whole.write(length);
    } else {
      whole.write(0x82);
      whole.write(length >> 8);
      whole.write(length);
    }
    whole.writeBytes(content.toByteArray());
    return whole.toByteArray();
  }
}
