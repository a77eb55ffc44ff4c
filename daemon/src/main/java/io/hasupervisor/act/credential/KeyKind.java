package io.hasupervisor.act.credential;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.bouncycastle.asn1.x509.KeyUsage;

/** What keys are made of. */
enum KeyKind {
  /** 2048 bits, which the oldest versions read, and service accounts' tokens are signed by. */
  RSA(2048, "SHA256withRSA", KeyUsage.digitalSignature | KeyUsage.keyEncipherment),
  /** P-256: made at once, where RSA takes a second for each key. It enciphers none (RFC 5480). */
  EC(256, "SHA256withECDSA", KeyUsage.digitalSignature);

  private final int bits;
  private final String signature;
  private final int usage;

  KeyKind(int bits, String signature, int usage) {
    this.bits = bits;
    this.signature = signature;
    this.usage = usage;
  }

  KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(name());
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  /** Name of the algorithm by which such a key signs. */
  String signature() {
    return signature;
  }

  /** Bits of the key usage that every such key has. */
  int usage() {
    return usage;
  }
}
