package io.hasupervisor.assess.masters;

import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.HostReport;
import java.time.Instant;

/**
 * What a master's daemon said of its host last; what it did not know is empty.
 *
 * @param etcd whether it calls its member healthy, {@code etcdVersion} the version of that
 * @param docker the states of its service, and of its apiserver
 * @param repair "none", "running" or "blocked"
 * @param at by that host's clock, for people only
 */
public record Word(
    boolean etcd,
    String etcdVersion,
    String docker,
    String apiserver,
    String repair,
    String bootId,
    HostReport host,
    Instant at) {

  static Word of(Attestation said) {
    return new Word(
        said.healthy(),
        said.version(),
        said.docker(),
        said.apiserver(),
        said.repair(),
        said.bootId(),
        said.host(),
        said.at());
  }
}
