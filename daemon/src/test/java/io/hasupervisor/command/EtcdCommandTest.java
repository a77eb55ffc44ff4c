package io.hasupervisor.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import io.hasupervisor.control.cli.Commands;
import io.hasupervisor.control.cli.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EtcdCommandTest {
  private static final String TOKEN = "https://d.example/0123456789abcdef0123456789abcdef";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String... arguments) {
    return Commands.create(
            (_, _, _) -> 0,
            (_, _, _) -> 0,
            new Terminal(false, Map.of(), () -> false),
            List.of(new EtcdCommand()))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|https://x|must be 1 to 9",
        "-3|https://x|must be 1 to 9",
        "11|https://x|must be 1 to 9",
        "4|https://x|4 members can lose no more than 3",
        "x|https://x|not an int",
        "3|ftp://x|must be like",
        "3|x|must be like",
        "3|https:///new|must be like",
        "3|https://u:p@x|must be like",
        "3|https://x/?a=b|must be like"
      })
  void refusesASizeOrServiceThatMakesNoSense(String size, String url, String why) {
    assertEquals(2, execute("etcd", "new-token", "--size", size, "--discovery", url));
    assertTrue(err.toString().contains(why), err.toString());
  }

  @Test
  void printsTokenAndConfigurationAndThatThisIsOutOfDate() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/new",
        exchange -> {
          exchange.sendResponseHeaders(200, TOKEN.length());
          exchange.getResponseBody().write(TOKEN.getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
    server.start();
    String url = "http://localhost:" + server.getAddress().getPort();
    try {
      assertEquals(0, execute("etcd", "new-token", "--size", "3", "--discovery", url));
      assertEquals(TOKEN, out.toString().lines().findFirst().orElse(""));
      assertTrue(out.toString().contains("      discovery: " + TOKEN + "\n"), out.toString());
      assertTrue(out.toString().contains("etcd 3.7 does not have it"), out.toString());
      out.getBuffer().setLength(0);
      execute("etcd", "new-token", "--size", "3", "--discovery", url, "--json");
      JsonNode json = new JsonMapper().readTree(out.toString());
      assertEquals(TOKEN, json.path("token").asText());
      assertEquals(3, json.path("size").asInt());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aFailureHasCauseAndCure() {
    assertEquals(
        1,
        execute("etcd", "new-token", "--size", "3", "--discovery", "http://no-such-host.invalid"));
    assertTrue(err.toString().contains("is not resolved"), err.toString());
    assertTrue(err.toString().contains("  cure: "), err.toString());
  }
}
