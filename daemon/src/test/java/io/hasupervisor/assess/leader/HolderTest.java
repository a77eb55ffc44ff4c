package io.hasupervisor.assess.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HolderTest {
  private static final Map<String, String> MASTERS =
      Map.of(
          "master-1", "10.0.0.1",
          "Master_2", "10.0.0.2",
          "m3.example.org", "10.0.0.3",
          "twin.a.example", "10.0.0.4",
          "twin.b.example", "10.0.0.5");

  @ParameterizedTest
  @CsvSource({
    // As written since Kubernetes 1.9, and before.
    "master-1_0f6f3a52-8a6f-4a2c-9d0e-3f7be02b8f11, master-1",
    "master-1, master-1",
    "MASTER-1_0f6f3a52, master-1",
    "master-1.example.org_0f6f3a52, master-1",
    "m3_0f6f3a52, m3.example.org",
    "m3.example.org, m3.example.org",
    "master_2, Master_2",
    "Master_2_0f6f3a52, Master_2",
    "10.0.0.2_0f6f3a52, Master_2",
    "twin.b.example_1, twin.b.example",
  })
  void theMasterBehindAnIdentity(String identity, String master) {
    assertEquals(Optional.of(master), Holder.master(identity, MASTERS));
  }

  @ParameterizedTest
  @CsvSource({
    "laptop_0f6f3a52",
    "master-11_1",
    "master",
    "twin_1",
    "m3.example.com_1",
    "''",
    "_",
    "10.0.0.20"
  })
  void nobodysIdentity(String identity) {
    assertEquals(Optional.empty(), Holder.master(identity, MASTERS));
  }
}
