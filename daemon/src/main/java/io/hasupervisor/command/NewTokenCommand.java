package io.hasupervisor.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hasupervisor.act.discovery.DiscoveryService;
import io.hasupervisor.act.discovery.DiscoveryService.Result;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.observe.HttpCall;
import io.hasupervisor.observe.ProbeTarget.HttpCredentials;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "new-token",
    description = {
      "Ask a discovery service for a token, by which the members of a new cluster find each"
          + " other.",
      "Discovery of this kind (v2) is deprecated in etcd 3.6 and gone from 3.7; for a new cluster"
          + " rather name all masters in the configuration and leave discovery away."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ha-supervisor etcd new-token --size 3",
      "  ha-supervisor etcd new-token --size 3 --discovery"
          + " http://10.0.0.9:2379/v2/keys/discovery"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitCodes.DONE, "1:no token could be had", "2:wrong usage"})
final class NewTokenCommand implements Callable<Integer> {
  private static final String INSTEAD =
      "etcd 3.6 deprecates this discovery (v2), etcd 3.7 does not have it, and nobody maintains"
          + " discovery.etcd.io any more. Better without: name every master in cluster.masters,"
          + " give cluster.etcd.token a word of this cluster's own, and leave discovery out.";

  private static final int MOST = 9;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--size",
      required = true,
      paramLabel = "N",
      description = "Members of the new cluster: an odd number, 1 to 9.")
  int size;

  @Option(
      names = "--discovery",
      paramLabel = "URL",
      defaultValue = "https://discovery.etcd.io",
      description = "The service, or an etcd that serves the v2 API (default: ${DEFAULT-VALUE}).")
  URI discovery = URI.create("https://discovery.etcd.io");

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Trust the certificates in this file instead of the public authorities.")
  Optional<Path> ca = Optional.empty();

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  @Override
  public Integer call() throws InterruptedException {
    refuse(odd());
    refuse(usable());
    HttpCredentials credentials =
        new HttpCredentials(ca, Optional.empty(), Optional.empty(), Optional.empty(), false);
    DiscoveryService service = new DiscoveryService(discovery, new HttpCall(credentials, LIMIT));
    return switch (service.newToken(size)) {
      case Result.Token token -> token(token.url());
      case Result.Failed failed -> failed(failed);
    };
  }

  private Optional<String> odd() {
    if (size < 1 || size > MOST) {
      return Optional.of("--size must be 1 to " + MOST + ", not " + size);
    }
    return size % 2 == 0
        ? Optional.of(
            "--size %d: %d members can lose no more than %d can; use an odd number"
                .formatted(size, size, size - 1))
        : Optional.empty();
  }

  private Optional<String> usable() {
    boolean http =
        "http".equalsIgnoreCase(discovery.getScheme())
            || "https".equalsIgnoreCase(discovery.getScheme());
    return http
            && discovery.getHost() != null
            && discovery.getUserInfo() == null
            && discovery.getQuery() == null
            && discovery.getFragment() == null
        ? Optional.empty()
        : Optional.of(
            "--discovery must be like https://HOST or http://HOST:2379/v2/keys/discovery, not "
                + discovery);
  }

  private void refuse(Optional<String> why) {
    if (why.isPresent()) {
      throw new CommandLine.ParameterException(spec.commandLine(), why.get());
    }
  }

  private int failed(Result.Failed failed) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("ha-supervisor: " + failed.why());
    err.println("  cure: " + failed.cure());
    err.println(INSTEAD);
    err.flush();
    return 1;
  }

  private int token(URI url) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? asJson(url) : asText(url));
    out.flush();
    return 0;
  }

  private String asJson(URI url) {
    return new JsonMapper()
            .createObjectNode()
            .put("token", url.toString())
            .put("size", size)
            .put("deprecated", INSTEAD)
            .toPrettyString()
        + "\n";
  }

  private String asText(URI url) {
    return """
    %s

    For the configuration of all %d masters, and for one new cluster only, once:
      cluster:
        etcd:
          discovery: %s

    %s
    """
        .formatted(url, size, url, INSTEAD);
  }
}
