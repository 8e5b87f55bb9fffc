package io.orrery.sim.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names and their numbers, in the order in which they were first heard. */
final class Vocabulary {
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    int number(String name) {
        Integer known = numbers.get(name);
        if (known == null) {
            known = numbers.size();
            numbers.put(name, known);
        }
        return known;
    }

    int size() {
        return numbers.size();
    }

    List<String> names() {
        return new ArrayList<>(numbers.keySet());
    }
}
