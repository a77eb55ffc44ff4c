package io.hasupervisor.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hasupervisor.observe.etcd.Fault;
import io.hasupervisor.observe.etcd.MemberSeen;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is in the cluster, by whose word. */
final class EtcdMembersCommandTest {
  @TempDir Path directory;
  private EtcdBed bed;

  @BeforeEach
  void bed() throws Exception {
    bed = new EtcdBed(directory);
  }

  private int members(boolean json) throws Exception {
    EtcdMembersCommand command = new EtcdMembersCommand(bed::scene);
    command.json = json;
    return bed.alone(command);
  }

  @Test
  void showsEveryMemberWithBothFormsOfItsIdAndWhoGaveTheList() throws Exception {
    bed.lists.add(EtcdBed.list(2, true));
    assertEquals(0, members(false));
    String out = bed.out.toString();
    assertTrue(
        out.startsWith(
            "cluster cdf818194e3a8c32 (14841639068965178418), proven; given by master-1, master-2"
                + " through consensus\n\n"),
        out);
    assertTrue(
        out.contains(
            "master-1  8e9e05c521646901  10276657743932975361  voter, this host  "
                + "http://10.0.0.1:2380  http://10.0.0.1:4001\n"),
        out);
    assertTrue(out.contains("http://10.0.0.3:4001 gave none: "), out);
  }

  @Test
  void learnersAndUnstartedMembersAreShownAsSuch() throws Exception {
    bed.lists.set(
        0,
        EtcdBed.list(
            1,
            false,
            EtcdBed.seen(1),
            new MemberSeen(EtcdBed.id(4), "", List.of("http://10.0.0.4:2380"), List.of(), false),
            new MemberSeen(EtcdBed.id(5), "e", List.of("p"), List.of("c"), true)));
    assertEquals(0, members(false));
    assertTrue(bed.out.toString().contains("voter, never started"), bed.out::toString);
    assertTrue(bed.out.toString().contains("learner"), bed.out::toString);
  }

  @Test
  void listsThatDifferAreBothShownTheProvenOneFirst() throws Exception {
    bed.broken.put(EtcdBed.url(1), Fault.NO_LEADER);
    bed.lists.add(EtcdBed.list(2, false, EtcdBed.seen(2), EtcdBed.seen(3)));
    assertEquals(4, members(false));
    String out = bed.out.toString();
    assertTrue(out.startsWith("the members disagree: 2 lists\n"), out);
    assertTrue(
        out.indexOf("given by master-2") < out.indexOf("not proven; given by master-1"), out);
  }

  @Test
  void aListOfAMemberWithoutQuorumIsShownAndNotProven() throws Exception {
    bed.broken.put(EtcdBed.url(1), Fault.NO_LEADER);
    assertEquals(4, members(false));
    assertTrue(bed.out.toString().contains("not proven; given by master-1"), bed.out::toString);
  }

  @Test
  void withoutAnyListEachMembersSilenceIsNamed() throws Exception {
    bed.lists.clear();
    bed.loopback.add(EtcdBed.url(3));
    for (int member : List.of(1, 2, 3)) {
      bed.broken.put(EtcdBed.url(member), Fault.REFUSED);
    }
    assertEquals(5, members(false));
    assertTrue(
        bed.err.toString().contains("  http://10.0.0.2:4001: connection refused\n"),
        bed.err::toString);
    assertTrue(bed.err.toString().contains("loopback only"), bed.err::toString);
  }

  @Test
  void asJsonIdsAreTextsForTheyAreUnsigned() throws Exception {
    assertEquals(0, members(true));
    JsonNode json = new JsonMapper().readTree(bed.out.toString());
    assertTrue(json.path("agree").asBoolean());
    assertEquals("14841639068965178418", json.at("/lists/0/clusterId").textValue());
    assertEquals("8e9e05c521646901", json.at("/lists/0/members/0/hex").textValue());
    assertTrue(json.at("/lists/0/members/0/own").asBoolean());
  }
}
