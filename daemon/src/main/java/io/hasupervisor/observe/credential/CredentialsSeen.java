package io.hasupervisor.observe.credential;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All credentials of a master at one moment.
 *
 * @param at wall time: certificates know no other
 * @param user id of the user who looked, who may own the files as well as root
 */
public record CredentialsSeen(
    Instant at,
    long user,
    FileSeen<Boolean> directory,
    List<PairSeen> pairs,
    List<FileSeen<TableSeen>> tables,
    Optional<SigningKeySeen> serviceAccounts,
    List<ConfigSeen> kubeconfigs,
    List<FileSeen<List<CertificateSeen>>> kubeletServing,
    List<ServedSeen> served) {
  public CredentialsSeen {
    pairs = List.copyOf(pairs);
    tables = List.copyOf(tables);
    kubeconfigs = List.copyOf(kubeconfigs);
    kubeletServing = List.copyOf(kubeletServing);
    served = List.copyOf(served);
  }

  /**
   * The pair of keys for service accounts' tokens.
   *
   * @param publicKey its key id
   */
  public record SigningKeySeen(FileSeen<KeySeen> key, FileSeen<String> publicKey) {}

  /** A kubeconfig that should be there, and what it says. */
  public record ConfigSeen(Layout.Kubeconfig wanted, FileSeen<KubeconfigSeen> file) {}
}
