package io.hasupervisor.observe.credential;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.host.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that must be the same on all masters of a cluster (control-plane 3.4).
 *
 * @param directory of the credentials
 * @param names of files in it; the first is the key that signs service accounts' tokens
 * @param apiserver manifest that may name one more file, with the keys of encryption
 * @param root what stands for {@code /}
 */
public record SharedFiles(Path directory, List<String> names, Path apiserver, Path root) {
  /** Kept away from masters by careful people, so that it may be absent. */
  public static final String AUTHORITY_KEY = "ca.key";

  private static final String ENCRYPTION = "encryption-config";
  private static final Pattern ENCRYPTION_FLAG =
      Pattern.compile("--(?:experimental-)?encryption-provider-config=(/[\\w./-]+)");
  private static final int MANIFEST_LIMIT = 1 << 20;

  public SharedFiles {
    names = List.copyOf(names);
  }

  /**
   * Those of a master's profile.
   *
   * @param root what stands for {@code /}
   */
  public static SharedFiles of(Master master, Path root) {
    return new SharedFiles(
        Layout.below(root, master.credentials().directory()),
        master.profile() == Profile.SEED
            ? List.of("server.key", "ca.crt", AUTHORITY_KEY, "known_tokens.csv", "basic_auth.csv")
            : List.of("sa.key", "ca.crt", AUTHORITY_KEY, "front-proxy-ca.crt"),
        Layout.below(root, master.manifests().directory()).resolve("kube-apiserver.yaml"),
        root);
  }

  /** At whose change it is worth to compare anew. */
  public List<Path> watched() {
    return byName().values().stream().toList();
  }

  /** The key that signs service accounts' tokens: every master has it, and has the same. */
  Path signingKey() {
    return directory.resolve(signingKeyName());
  }

  String signingKeyName() {
    return names.getFirst();
  }

  /** By the names under which masters compare them, as the apiserver's manifest is now. */
  Map<String, Path> byName() {
    Map<String, Path> all = new TreeMap<>();
    names.forEach(name -> all.put(name, directory.resolve(name)));
    try {
      String manifest =
          new String(WholeFile.read(apiserver, MANIFEST_LIMIT), StandardCharsets.UTF_8);
      Matcher flag = ENCRYPTION_FLAG.matcher(manifest);
      if (flag.find()) {
        all.put(ENCRYPTION, Layout.below(root, Path.of(flag.group(1))));
      }
    } catch (IOException e) {
      // Without a manifest that can be read, no apiserver here encrypts.
    }
    return all;
  }
}
