package io.orrery.server.rafttrace;

import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.Configuration;
import io.orrery.raft.log.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers the entries of a run, from 1, in the order in which they are first seen. */
final class EntryNumbers {
    private record Content(long term, long timestampMillis, Entry.Kind kind, Bytes payload) {}

    private final Map<Content, TraceEntry> known = new HashMap<>();

    TraceEntry of(Entry entry) {
        Content content = new Content(entry.term(), entry.timestampMillis(), entry.kind(), entry.payload());
        TraceEntry named = known.get(content);
        if (named == null) {
            Configuration configuration =
                    entry.kind() == Entry.Kind.CONFIG ? Configuration.decode(entry.payload()) : null;
            named = new TraceEntry(known.size() + 1L, entry.term(), entry.kind(), configuration);
            known.put(content, named);
        }
        return named;
    }

    List<TraceEntry> of(List<Entry> entries) {
        List<TraceEntry> named = new ArrayList<>(entries.size());
        entries.forEach(entry -> named.add(of(entry)));
        return named;
    }
}
