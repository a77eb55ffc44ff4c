package io.hasupervisor.observe.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.Member;
import io.etcd.jetcd.api.MemberListResponse;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.StatusResponse;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** etcd's messages to our records; what cannot be etcd's is refused. */
final class Messages {
  /** etcd's own advice is seven. */
  private static final int MOST_MEMBERS = 64;

  /** etcd takes {@code unix} and {@code unixs}, too. */
  private static final Pattern URL = Pattern.compile("^[a-z]{4,5}s?://[!-~]{1,290}$");

  private Messages() {}

  static Header header(ResponseHeader header) throws NotEtcd {
    return new Header(
        EtcdId.of(header.getClusterId()).orElseThrow(() -> new NotEtcd("no cluster id")),
        EtcdId.of(header.getMemberId()).orElseThrow(() -> new NotEtcd("no member id")),
        header.getRevision(),
        header.getRaftTerm());
  }

  static StatusSeen status(StatusResponse status) throws NotEtcd {
    return new StatusSeen(
        header(status.getHeader()),
        status.getVersion(),
        EtcdId.of(status.getLeader()),
        status.getRaftIndex(),
        // 3.3 and earlier do not tell.
        status.getRaftAppliedIndex() == 0 ? -1 : status.getRaftAppliedIndex(),
        status.getDbSize(),
        status.getDbSizeInUse() == 0 ? -1 : status.getDbSizeInUse(),
        status.getIsLearner(),
        status.getErrorsList());
  }

  static MemberList members(MemberListResponse response, boolean linearizable) throws NotEtcd {
    Header by = header(response.getHeader());
    List<MemberSeen> members = new ArrayList<>();
    for (Member member : response.getMembersList()) {
      members.add(
          new MemberSeen(
              EtcdId.of(member.getID()).orElseThrow(() -> new NotEtcd("a member without id")),
              member.getName(),
              member.getPeerURLsList(),
              member.getClientURLsList(),
              member.getIsLearner()));
    }
    return new MemberList(by.member(), by.cluster(), linearizable, plausible(members));
  }

  /** The list, unless no cluster has such members. */
  static List<MemberSeen> plausible(List<MemberSeen> members) throws NotEtcd {
    if (members.isEmpty() || members.size() > MOST_MEMBERS) {
      throw new NotEtcd("a list of " + members.size() + " members");
    }
    if (members.stream().map(MemberSeen::id).distinct().count() < members.size()) {
      throw new NotEtcd("a list that holds a member twice");
    }
    for (MemberSeen member : members) {
      for (List<String> urls : List.of(member.peerUrls(), member.clientUrls())) {
        if (urls.size() > MOST_MEMBERS || !urls.stream().allMatch(URL.asPredicate())) {
          throw new NotEtcd("a list with a URL that is none");
        }
      }
    }
    return members;
  }

  /** Whether this server's member lists go through consensus: 3.5 and later. */
  static boolean linearizableLists(String version) {
    String[] parts = version.split("\\.", 3);
    try {
      int major = Integer.parseInt(parts[0]);
      return major > 3 || (major == 3 && parts.length > 1 && Integer.parseInt(parts[1]) >= 5);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  static Stored stored(KeyValue pair) {
    return new Stored(pair.getValue().toByteArray(), pair.getModRevision());
  }

  /** Of a range of one key. */
  static Stored stored(List<KeyValue> found) {
    return found.isEmpty() ? Stored.absent() : stored(found.getFirst());
  }

  /** Sets {@code key} where its revision is {@code expected}, and else reads it. */
  static TxnRequest compareAndSet(String key, long expected, byte[] value) {
    ByteString name = ByteString.copyFromUtf8(key);
    return TxnRequest.newBuilder()
        .addCompare(
            Compare.newBuilder()
                .setKey(name)
                .setTarget(Compare.CompareTarget.MOD)
                .setResult(Compare.CompareResult.EQUAL)
                .setModRevision(expected))
        .addSuccess(
            RequestOp.newBuilder()
                .setRequestPut(
                    PutRequest.newBuilder().setKey(name).setValue(ByteString.copyFrom(value))))
        .addFailure(RequestOp.newBuilder().setRequestRange(RangeRequest.newBuilder().setKey(name)))
        .build();
  }

  /** What came of {@link #compareAndSet}: a put's revision is that of its transaction. */
  static Swap swap(TxnResponse response) throws NotEtcd {
    if (response.getResponsesCount() != 1) {
      throw new NotEtcd("a transaction of " + response.getResponsesCount() + " answers");
    }
    return response.getSucceeded()
        ? new Swap.Set(header(response.getHeader()).revision())
        : new Swap.Lost(stored(response.getResponses(0).getResponseRange().getKvsList()));
  }

  /** The first key that does not begin with {@code prefix}. */
  static ByteString behind(ByteString prefix) {
    int last = prefix.size() - 1;
    return prefix
        .substring(0, last)
        .concat(ByteString.copyFrom(new byte[] {(byte) (prefix.byteAt(last) + 1)}));
  }
}
