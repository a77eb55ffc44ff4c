package io.hasupervisor.loop;

import io.hasupervisor.assess.ProbeBoard;
import io.hasupervisor.decide.ServiceState;
import io.hasupervisor.publish.Status.IncidentRef;
import java.util.List;

/** One service at the end of a turn. */
record Snapshot(
    ServiceSpec spec, ServiceState state, ProbeBoard board, List<IncidentRef> incidents) {}
