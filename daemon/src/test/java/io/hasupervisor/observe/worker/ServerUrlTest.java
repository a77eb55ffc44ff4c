package io.hasupervisor.observe.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerUrlTest {
  @ParameterizedTest
  @CsvSource({
    "https://10.0.0.10, https://10.0.0.10:443",
    "HTTPS://LB.example.com/, https://lb.example.com:443",
    "http://a:8080, http://a:8080",
    "https://[FD00::10]:6443, https://[fd00::10]:6443"
  })
  void whatLeadsToTheSamePlaceIsEqual(String written, String same) {
    assertEquals(same, ServerUrl.parse(written).orElseThrow().toString());
    assertEquals(ServerUrl.parse(same), ServerUrl.parse(written));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.10:6443",
        "ftp://a",
        "https://a/api",
        "https://a?b=c",
        "https://u:p@a",
        "https://${MASTER_IP}",
        "https://<insert-ip-here>",
        "https://a:70000",
        "https://a,https://b"
      })
  void anythingElseIsNone(String written) {
    assertEquals(Optional.empty(), ServerUrl.parse(written));
  }
}
