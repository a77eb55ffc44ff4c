package io.hasupervisor.observe.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MemberSeenTest {
  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:4001, true",
    "http://localhost:4001, true",
    "https://[::1]:2379, true",
    "http://0.0.0.0:4001, true",
    "http://10.0.0.1:4001, false",
    "http://localhost.example.org:4001, false",
    "http://127.0.0.1:4001 http://10.0.0.1:4001, false",
    "http://, false"
  })
  void servesItsHostAloneWhereNoUrlLeadsAnotherHostToIt(String urls, boolean alone) {
    MemberSeen member =
        new MemberSeen(new EtcdId(1), "m", List.of(), List.of(urls.split(" ")), false);
    assertEquals(alone, member.servesItsHostAlone());
  }
}
