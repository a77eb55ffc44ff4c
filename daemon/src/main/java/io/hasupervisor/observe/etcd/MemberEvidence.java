package io.hasupervisor.observe.etcd;

import java.util.Optional;

/**
 * What was asked of one member in one round (control-plane 3.1.2).
 *
 * @param url the client URL that was asked
 * @param own whether it is this host's member
 * @param listed its line of the newest proven member list; empty before there is one
 * @param unreachableByDesign whether its client URL is a loopback or unspecified address of another
 *     host
 * @param linearizable E1: quorum exists, and this member serves
 * @param serializable E2: process and store answer; also known where E1 was answered
 * @param status E3
 * @param peer E4; {@link Answer.NotAsked} in most rounds while all is well
 */
public record MemberEvidence(
    String url,
    boolean own,
    Optional<MemberSeen> listed,
    boolean unreachableByDesign,
    Answer<Header> linearizable,
    Answer<Header> serializable,
    Answer<StatusSeen> status,
    Answer<PeerSeen> peer) {

  /** Who this is, as the list or as any answer says. */
  public Optional<EtcdId> id() {
    return listed
        .map(MemberSeen::id)
        .or(() -> linearizable.got().map(Header::member))
        .or(() -> serializable.got().map(Header::member))
        .or(() -> status.got().map(seen -> seen.header().member()));
  }

  /**
   * Whether another host cannot ask it because it serves clients on loopback only: by its address,
   * or because it refuses clients while its peer port answers.
   */
  public boolean closed() {
    boolean refuses = linearizable.failure().filter(Fault.REFUSED::equals).isPresent() && peer.ok();
    return !own && (unreachableByDesign || refuses);
  }
}
