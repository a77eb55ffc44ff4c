package io.hasupervisor.host.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key in PEM: PKCS#8, PKCS#1 ({@code RSA PRIVATE KEY}, what kubeadm writes) and SEC1
 * ({@code EC PRIVATE KEY}). The JDK reads PKCS#8 only; the others are wrapped into it (RFC 5208,
 * RFC 8017 appendix A.1.2, RFC 5915).
 */
public final class PemKey {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----([^-]*)-----END ");
  private static final byte[] VERSION_0 = HexFormat.of().parseHex("020100");
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
  private static final byte[] EC_OID = HexFormat.of().parseHex("06072a8648ce3d0201");
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int PARAMETERS = 0xa0;

  private PemKey() {}

  /**
   * The first private key in {@code pem}.
   *
   * @throws GeneralSecurityException when there is none, or it is encrypted or malformed; the
   *     message holds nothing of the key
   */
  public static PrivateKey parse(byte[] pem) throws GeneralSecurityException {
    Matcher block = BLOCK.matcher(new String(pem, StandardCharsets.ISO_8859_1));
    if (!block.find()) {
      throw new InvalidKeyException("no private key in PEM");
    }
    byte[] der = decoded(block.group(2));
    return switch (block.group(1)) {
      case "" -> pkcs8(der);
      case "RSA " -> pkcs8(wrap(RSA, der));
      case "EC " -> pkcs8(wrap(element(SEQUENCE, EC_OID, curve(der)), der));
      default -> throw new InvalidKeyException("a key of the kind " + block.group(1).strip());
    };
  }

  private static byte[] decoded(String base64) throws InvalidKeyException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new InvalidKeyException("damaged PEM");
    }
  }

  private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException e) {
        // Of another algorithm, or malformed: the next one tells.
      }
    }
    throw new InvalidKeyException("malformed, or neither RSA, EC nor EdDSA");
  }

  private static byte[] wrap(byte[] algorithm, byte[] key) {
    return element(SEQUENCE, VERSION_0, algorithm, element(OCTETS, key));
  }

  /** SEC1: SEQUENCE { INTEGER 1, OCTET STRING key, [0] curve, [1] public key }. */
  private static byte[] curve(byte[] sec1) throws InvalidKeyException {
    try {
      ByteBuffer fields = content(ByteBuffer.wrap(sec1));
      while (fields.hasRemaining()) {
        int tag = fields.get(fields.position()) & 0xff;
        ByteBuffer field = content(fields);
        if (tag == PARAMETERS) {
          byte[] curve = new byte[field.remaining()];
          field.get(curve);
          return curve;
        }
      }
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new InvalidKeyException("malformed DER", e);
    }
    throw new InvalidKeyException("an EC key that does not name its curve");
  }

  /** The content of the next element, which is taken from {@code der}. */
  private static ByteBuffer content(ByteBuffer der) {
    byte _ = der.get();
    int length = der.get() & 0xff;
    if (length >= 0x80) {
      int bytes = length & 0x7f;
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = (length << 8) | (der.get() & 0xff);
      }
    }
    ByteBuffer content = der.slice(der.position(), length);
    der.position(der.position() + length);
    return content;
  }

  private static byte[] element(int tag, byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 5);
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else {
      byte[] bytes = BigInteger.valueOf(length).toByteArray();
      int zeros = bytes[0] == 0 ? 1 : 0;
      out.write(0x80 + bytes.length - zeros);
      out.write(bytes, zeros, bytes.length - zeros);
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
