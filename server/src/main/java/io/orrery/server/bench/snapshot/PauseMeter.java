package io.orrery.server.bench.snapshot;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** The collector's pauses, and what memory the process takes at most. For any thread. */
final class PauseMeter implements AutoCloseable {
    private final AtomicLong longestMillis = new AtomicLong();
    private final AtomicLong heapBytesMax = new AtomicLong();
    private final AtomicLong directBytesMax = new AtomicLong();
    private final NotificationListener listener = (notification, unused) -> {
        if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            long millis = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
                    .getGcInfo()
                    .getDuration();
            longestMillis.accumulateAndGet(millis, Math::max);
        }
    };

    PauseMeter() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener(listener, null, null);
            }
        }
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    /** The longest pause since this was last called. */
    long takeLongestMillis() {
        return longestMillis.getAndSet(0);
    }

    /** To be called now and then. */
    void sample() {
        long heap = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            heap += pool.getType() == MemoryType.HEAP ? pool.getUsage().getUsed() : 0;
        }
        heapBytesMax.accumulateAndGet(heap, Math::max);
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            if (pool.getName().equals("direct")) {
                directBytesMax.accumulateAndGet(pool.getMemoryUsed(), Math::max);
            }
        }
    }

    long heapBytesMax() {
        return heapBytesMax.get();
    }

    long directBytesMax() {
        return directBytesMax.get();
    }

    @Override
    public void close() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                try {
                    emitter.removeNotificationListener(listener);
                } catch (ListenerNotFoundException gone) {
                    // which is what is wanted
                }
            }
        }
    }
}
