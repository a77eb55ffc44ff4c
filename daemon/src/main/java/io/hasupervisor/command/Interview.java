package io.hasupervisor.command;

import io.hasupervisor.config.Surroundings;
import io.hasupervisor.yaml.Quote;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ParameterException;

/**
 * Puts a first configuration together.
 *
 * @param given what the command line said
 */
record Interview(Questions questions, InitCommand given) {

  /** Asks in the order in which a person knows the answers. */
  FirstConfig hold() {
    String era =
        questions.need(
            given.profile,
            "--profile seed|modern",
            "Profile: seed (docker, the design of 2015 to 2018) or modern (kubeadm's shape)",
            Optional.empty());
    Map<String, String> all =
        pairs(
            questions.need(
                given.masters,
                "--masters NAME=ADDRESS,NAME=ADDRESS,...",
                "All masters, this one included, as NAME=ADDRESS,NAME=ADDRESS,...",
                Optional.empty()));
    String self =
        questions.need(
            given.name,
            "--node-name NAME",
            "Name of this host among the masters",
            Optional.of(hostName()).filter(all::containsKey));
    String ip = given.address.orElseGet(() -> all.getOrDefault(self, ""));
    Optional<String> balancer =
        all.size() == 1
            ? given.loadBalancer
            : Optional.of(
                questions.need(
                    given.loadBalancer,
                    "--load-balancer HOST[:PORT], or none",
                    "Load balancer of all apiservers, as HOST or HOST:PORT",
                    Optional.of("none")));
    Optional<String> word =
        given.discovery.isPresent() || all.size() <= 1
            ? given.token
            : questions.may(
                given.token,
                "Token of etcd's bootstrap, from the first master; empty if this is it");
    boolean random = word.isEmpty() && given.discovery.isEmpty();
    return new FirstConfig(
        era,
        self,
        ip,
        all,
        balancer.filter(host -> !host.equals("none")),
        given.serviceCidr,
        given.podCidr,
        random ? Optional.of(randomToken()) : word,
        given.discovery);
  }

  private static String hostName() {
    return Surroundings.of(Map.of(), Optional.empty(), Optional.empty()).node();
  }

  private Map<String, String> pairs(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw wrong(Quote.of(pair) + " is not NAME=ADDRESS; commas stand between them");
      }
      String name = pair.substring(0, equals).strip();
      if (pairs.put(name, pair.substring(equals + 1).strip()) != null) {
        throw wrong(Quote.of(name) + " is there twice");
      }
    }
    return pairs;
  }

  private ParameterException wrong(String what) {
    return new ParameterException(given.spec.commandLine(), "--masters: " + what);
  }

  private static String randomToken() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
