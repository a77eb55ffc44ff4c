package io.hasupervisor.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.command.LocalCommands;
import io.hasupervisor.control.cli.Commands;
import io.hasupervisor.control.cli.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code etcd new-token} against a real etcd, and a cluster that forms by its token. */
@Timeout(180)
final class EtcdDiscoveryTest {
  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int newToken(String discovery) {
    return Commands.create(
            (_, _, _) -> 0,
            (_, _, _) -> 0,
            new Terminal(false, Map.of(), () -> false),
            LocalCommands.all())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute("etcd", "new-token", "--size", "3", "--discovery", discovery);
  }

  private String token() {
    return out.toString().lines().findFirst().orElse("");
  }

  @Test
  void threeMembersFormOneClusterByATokenAndAFourthStaysOut() throws Exception {
    try (Etcd service = Etcd.alone(directory, true)) {
      service.says("/health", "true");
      assertEquals(0, newToken(service.client + "/v2/keys/discovery"), err.toString());
      try (Etcd one = Etcd.member(directory, "one", token());
          Etcd two = Etcd.member(directory, "two", token());
          Etcd three = Etcd.member(directory, "three", token())) {
        one.says("/health", "true");
        two.says("/health", "true");
        three.says("/health", "true");
        String members = one.body("/v2/members");
        for (String name : new String[] {"one", "two", "three"}) {
          assertTrue(members.contains("\"name\":\"" + name + "\""), members);
        }
        try (Etcd four = Etcd.member(directory, "four", token())) {
          assertTrue(four.ended().contains("cluster is full"));
        }
      }
    }
  }

  @Test
  void anEtcdIsKnownByItsAddressAlone() throws Exception {
    try (Etcd service = Etcd.alone(directory, true)) {
      service.says("/health", "true");
      assertEquals(0, newToken(service.client), err.toString());
      String key = token().substring(service.client.length()) + "/_config/size";
      assertTrue(service.body(key).contains("\"value\":\"3\""), service.body(key));
    }
  }

  @Test
  void anEtcdThatDoesNotServeTheV2ApiIsNamedAsSuch() throws Exception {
    try (Etcd service = Etcd.alone(directory, false)) {
      service.says("/health", "true");
      for (String path : new String[] {"", "/v2/keys", "/v2/keys/discovery"}) {
        assertEquals(1, newToken(service.client + path));
        assertTrue(err.toString().contains("serves no v2 API"), err.toString());
        err.getBuffer().setLength(0);
      }
    }
  }
}
