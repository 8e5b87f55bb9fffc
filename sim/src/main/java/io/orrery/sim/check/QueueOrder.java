package io.orrery.sim.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What one producer puts in under one key comes out to each consumer in the producer's order. Operations as in
 * {@link TotalQueue}.
 *
 * <p>Judged are first receipts: a value may come again later, which is repetition and not disorder. A value that was put in
 * twice has no place in an order and is left out, and so is whatever was lost or never acknowledged: gaps are no disorder.
 */
public final class QueueOrder {
    /** Where a value stands: who put it in under which key, as which of his. */
    private record Place(long producer, Object key, long position) {}

    /** What one consumer has seen of one producer under one key. */
    private record Lane(long consumer, long producer, Object key) {}

    private record Last(long position, Object value) {}

    private final Map<Object, Place> places = new LinkedHashMap<>();
    private final Set<Object> ambiguous = new LinkedHashSet<>();
    private final Map<Lane, Last> lanes = new LinkedHashMap<>();
    private final Map<Lane, Set<Object>> seen = new LinkedHashMap<>();
    private final List<String> breaches = new ArrayList<>();

    private QueueOrder() {}

    /** Order per producer. */
    public static List<String> check(History history) {
        return check(history, value -> "");
    }

    /**
     * @param keyOf the key under which a value was put in
     * @return what came out of order, in words; empty if nothing did
     */
    public static List<String> check(History history, UnaryOperator<Object> keyOf) {
        QueueOrder order = new QueueOrder();
        for (Call call : history.calls()) {
            if (call.f().equals("enqueue")) {
                order.place(call, keyOf);
            }
        }
        for (Op op : history.ops()) {
            if (op.type() == Op.Type.OK && op.f().equals("dequeue")) {
                order.receive(op.process(), op.value());
            } else if (op.type() == Op.Type.OK && op.f().equals("drain") && op.value() instanceof List<?> values) {
                values.forEach(value -> order.receive(op.process(), value));
            }
        }
        return Collections.unmodifiableList(order.breaches);
    }

    private void place(Call call, UnaryOperator<Object> keyOf) {
        Object value = call.invocation().value();
        Place place = new Place(
                call.invocation().process(),
                keyOf.apply(value),
                call.invocation().index());
        if (places.put(value, place) != null) {
            ambiguous.add(value);
        }
    }

    private void receive(long consumer, Object value) {
        Place place = places.get(value);
        if (place == null || ambiguous.contains(value)) {
            return;
        }
        Lane lane = new Lane(consumer, place.producer, place.key);
        if (!seen.computeIfAbsent(lane, first -> new LinkedHashSet<>()).add(value)) {
            return;
        }
        Last last = lanes.get(lane);
        if (last != null && last.position > place.position) {
            breaches.add("consumer " + consumer + " got " + value + " after " + last.value + ", which producer "
                    + place.producer + " put in later");
            return;
        }
        lanes.put(lane, new Last(place.position, value));
    }
}
