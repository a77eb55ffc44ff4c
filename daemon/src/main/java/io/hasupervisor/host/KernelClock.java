package io.hasupervisor.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** Whether a program keeps the kernel's clock right, as the kernel knows it (adjtimex(2)). */
public final class KernelClock {
  // struct timex where a long has 64 bits; no modes: it only asks.
  private static final int BYTES = 256;
  private static final int STATUS = 40;
  private static final int STA_UNSYNC = 0x40;
  private static final int TIME_ERROR = 5;

  private static final MethodHandle ADJTIMEX =
      Libc.call("adjtimex", FunctionDescriptor.of(JAVA_INT, ADDRESS));

  private KernelClock() {}

  /** Empty where it cannot be told, as in a container that may not ask. */
  public static Optional<Boolean> synchronised() {
    if (ADDRESS.byteSize() != Long.BYTES) {
      return Optional.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      MemorySegment timex = arena.allocate(BYTES, Long.BYTES);
      int clock = (int) ADJTIMEX.invokeExact(state, timex);
      return clock < 0
          ? Optional.empty()
          : Optional.of(clock != TIME_ERROR && (timex.get(JAVA_INT, STATUS) & STA_UNSYNC) == 0);
    } catch (Throwable e) {
      throw new IllegalStateException("adjtimex", e);
    }
  }
}
