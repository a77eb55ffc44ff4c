package io.hasupervisor.disruption;

import io.hasupervisor.assess.etcd.EtcdView;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * 64 bits that stand for a state of the world. A view of etcd is told by its time and how it was
 * made, for it follows from what its {@link Eyes} remembered; sentences for people are left out.
 */
@SuppressWarnings("EnumOrdinal") // Of one run only.
final class Fingerprint {
  private static final Map<Class<?>, List<Accessor>> ACCESSORS = new ConcurrentHashMap<>();

  /** Reads one component of a record. */
  @FunctionalInterface
  private interface Accessor {
    Object of(Object object) throws ReflectiveOperationException;
  }

  private long hash = 0x9E3779B97F4A7C15L;

  long value() {
    return hash;
  }

  void add(long value) {
    long mixed = (hash ^ value) * 0xBF58476D1CE4E5B9L;
    mixed ^= mixed >>> 29;
    mixed *= 0x94D049BB133111EBL;
    hash = mixed ^ (mixed >>> 32);
  }

  void add(boolean value) {
    add(value ? 1 : 2);
  }

  /** A value made of records, collections and what java.time and java.lang offer. */
  void add(Object object) {
    switch (object) {
      case EtcdView view -> {
        add(view.at().toMillis());
        add(view.state().ordinal());
        add(view.canLose());
        add(view.unstable().map(Duration::toMillis).orElse(-1L));
        add(view.proof().map(Duration::toMillis).orElse(-1L));
        view.members().forEach(member -> add(member.state().ordinal()));
      }
      case Record structure -> structure(structure);
      case Optional<?> one -> one.ifPresentOrElse(this::add, () -> add(-7));
      case List<?> many -> {
        add(many.size());
        many.forEach(this::add);
      }
      case Duration length -> add(length.toMillis());
      case Instant moment -> add(moment.toEpochMilli());
      case String text -> add(text.length() > 24 ? 0 : text.hashCode());
      case Enum<?> one -> add(one.ordinal());
      case Number number -> add(number.longValue());
      default -> add(object.hashCode());
    }
  }

  private void structure(Record structure) {
    add(structure.getClass().getName().hashCode());
    try {
      for (Accessor accessor : ACCESSORS.computeIfAbsent(structure.getClass(), Fingerprint::of)) {
        add(accessor.of(structure));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Accessor> of(Class<?> type) {
    List<Accessor> accessors = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      var method = component.getAccessor();
      method.setAccessible(true);
      accessors.add(method::invoke);
    }
    return List.copyOf(accessors);
  }
}
