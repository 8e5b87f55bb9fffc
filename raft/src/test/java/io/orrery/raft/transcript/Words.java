package io.orrery.raft.transcript;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.raft.Configuration;
import io.orrery.raft.log.Entry;
import io.orrery.raft.session.SessionCommand;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Collectors;

/** Messages and entries in words: a record is its name and its components. */
final class Words {
    private Words() {}

    static String of(Object value) {
        if (value instanceof Entry entry) {
            return of(entry);
        }
        if (value instanceof Bytes bytes) {
            return of(bytes);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Words::of).collect(Collectors.joining(" ", "[", "]"));
        }
        if (value instanceof NodeId || value instanceof Enum<?> || !(value instanceof Record record)) {
            return String.valueOf(value);
        }
        StringBuilder text = new StringBuilder(record.getClass().getSimpleName());
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            text.append(' ').append(component.getName()).append('=').append(of(valueOf(record, component)));
        }
        return text.toString();
    }

    private static Object valueOf(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    /** Index, term and content. */
    static String of(Entry entry) {
        String content = switch (entry.kind()) {
            case COMMAND -> command(entry.payload());
            case NOOP -> "noop";
            case CONFIG -> Configuration.decode(entry.payload()).toString();
        };
        return entry.index() + "/" + entry.term() + ":" + content;
    }

    /** Text in quotes; anything else as its length. */
    private static String of(Bytes bytes) {
        String text = bytes.utf8();
        return text.chars().allMatch(c -> c >= ' ' && c < 127) ? "'" + text + "'" : "<" + bytes.length() + " bytes>";
    }

    /** A plain command is text; one of a session begins with what is no letter. */
    private static String command(Bytes payload) {
        if (payload.length() > 0 && payload.utf8().charAt(0) < ' ') {
            try {
                return "<" + of(SessionCommand.decode(payload)) + ">";
            } catch (DecodeException e) {
                return of(payload);
            }
        }
        return of(payload);
    }
}
