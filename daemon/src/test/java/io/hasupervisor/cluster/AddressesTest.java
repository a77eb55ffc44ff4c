package io.hasupervisor.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressesTest {

  @ParameterizedTest
  @CsvSource({
    "10.96.0.0/12, 10.96.0.1",
    "10.0.255.255/32, 10.1.0.0",
    "0.0.0.0/8, 0.0.0.1",
    "fd00::/108, fd00:0:0:0:0:0:0:1",
    "200.0.0.0/8, 200.0.0.1"
  })
  void theFirstAddressFollowsTheNetworks(String cidr, String first) {
    assertEquals(Optional.of(first), Addresses.first(cidr));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "services", "10.96/12", "255.255.255.255/32"})
  void whatIsNoNetworkHasNone(String text) {
    assertEquals(Optional.empty(), Addresses.first(text));
  }

  @ParameterizedTest
  @CsvSource({
    "FD00::1, fd00:0:0:0:0:0:0:1",
    "fd00:0::0:1, fd00:0:0:0:0:0:0:1",
    "10.0.0.1, 10.0.0.1",
    "Master-1.Example.COM, master-1.example.com"
  })
  void eachAddressHasOneForm(String written, String form) {
    assertEquals(form, Addresses.canonical(written));
  }
}
