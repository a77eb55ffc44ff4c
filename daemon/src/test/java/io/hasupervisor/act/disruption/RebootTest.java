package io.hasupervisor.act.disruption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.decide.disruption.RepairOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the init system's answer says of a reboot. */
final class RebootTest {
  @Test
  void isTakenOverWhereTheCommandSucceeds() throws Exception {
    assertEquals(new RepairOutcome.Done(0), Reboot.by(List.of("true")));
  }

  @Test
  void didNotHappenWhereTheCommandFailsOrIsNotThere() throws Exception {
    assertInstanceOf(RepairOutcome.Failed.class, Reboot.by(List.of("false")));
    RepairOutcome.Failed failed =
        assertInstanceOf(RepairOutcome.Failed.class, Reboot.by(List.of("/no/such/program")));
    assertTrue(failed.why().contains("/no/such/program"), failed.why());
  }
}
