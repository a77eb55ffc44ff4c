package io.hasupervisor.act.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.grpc.Status;
import io.hasupervisor.act.credential.MadeSet;
import io.hasupervisor.cluster.EtcdLimits;
import io.hasupervisor.cluster.EtcdSettings;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.host.SystemClock;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.AttestationJson;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.EtcdLook;
import io.hasupervisor.observe.etcd.FakeMember;
import io.hasupervisor.observe.etcd.HostReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AttestationWriterTest {
  private static EtcdLook look(Optional<String> local) {
    Master made = MadeSet.master(Profile.SEED, "master-1");
    return EtcdLook.of(
        new Master(
            made.profile(),
            made.node(),
            made.cluster(),
            made.manifests(),
            made.credentials(),
            made.kubelet(),
            new EtcdSettings(
                local,
                List.of(),
                Optional.empty(),
                EtcdSettings.Attest.ALWAYS,
                Duration.ofSeconds(10),
                EtcdLimits.DEFAULT),
            made.apiserver(),
            made.backup(),
            made.repair()),
        SystemClock.verified());
  }

  private static Attestation attestation(String machineId) {
    return new Attestation(
        new EtcdId(0xab),
        FakeMember.CLUSTER,
        "master-1",
        machineId,
        "boot",
        1,
        2,
        3,
        "3.4.23",
        Duration.ofMillis(4),
        List.of(),
        true,
        "",
        "",
        "none",
        HostReport.NONE,
        Instant.EPOCH);
  }

  private static Outcome write(EtcdLook look, Attestation attestation) throws Exception {
    return new AttestationWriter(look, "test").attest(attestation);
  }

  @Test
  void itIsWrittenUnderTheMembersKey() throws Exception {
    try (FakeMember member = FakeMember.start(0xab);
        EtcdLook look = look(Optional.of(member.url()))) {
      assertEquals(new Outcome.Done(), write(look, attestation("machine")));
      assertEquals(
          Optional.of(attestation("machine")),
          Optional.ofNullable(member.keys.get("/ha-supervisor/v1/test/attest/ab"))
              .flatMap(value -> AttestationJson.decode(value.toByteArray())));
    }
  }

  @Test
  void aRefusalIsAFailureAndWhatMayHaveBeenWrittenIsUncertain() throws Exception {
    try (FakeMember member = FakeMember.start(0xab);
        EtcdLook look = look(Optional.of(member.url()))) {
      member.failures.put(
          "put",
          Status.RESOURCE_EXHAUSTED.withDescription("etcdserver: mvcc: database space exceeded"));
      assertEquals(
          new Outcome.Failed(
              "The attestation was not written: etcdserver: mvcc: database space exceeded."),
          write(look, attestation("machine")));
      member.failures.put(
          "put", Status.UNAVAILABLE.withDescription("etcdserver: request timed out"));
      assertInstanceOf(Outcome.Uncertain.class, write(look, attestation("machine")));
    }
  }

  @Test
  void oneThatNobodyWouldReadIsNotWritten() throws Exception {
    try (FakeMember member = FakeMember.start(0xab);
        EtcdLook look = look(Optional.of(member.url()))) {
      assertInstanceOf(Outcome.Failed.class, write(look, attestation("m".repeat(2048))));
      assertEquals(0, member.keys.size());
    }
  }

  @Test
  void whereEtcdIsRunElsewhereNothingIsAttested() throws Exception {
    try (EtcdLook look = look(Optional.empty())) {
      assertEquals(
          new Outcome.Failed("Not attested: no member of etcd is this host's."),
          write(look, attestation("machine")));
    }
  }
}
