package io.hasupervisor.observe.credential;

import java.security.Key;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;

/**
 * A key's kind.
 *
 * @param bits of the modulus or the curve; 0 where the algorithm has one size
 */
public record KeyStrength(String algorithm, int bits) {
  private static final int LEAST_RSA = 2048;
  private static final int LEAST_EC = 256;

  static KeyStrength of(Key key) {
    return new KeyStrength(
        key.getAlgorithm(),
        switch (key) {
          case RSAKey rsa -> rsa.getModulus().bitLength();
          case ECKey ec -> ec.getParams().getCurve().getField().getFieldSize();
          default -> 0;
        });
  }

  /** Whether it is too short by NIST SP 800-57. */
  public boolean weak() {
    return switch (algorithm) {
      case "RSA" -> bits < LEAST_RSA;
      case "EC" -> bits < LEAST_EC;
      default -> false;
    };
  }

  @Override
  public String toString() {
    return bits == 0 ? algorithm : algorithm + " of " + bits + " bits";
  }
}
