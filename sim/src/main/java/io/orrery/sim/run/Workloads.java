package io.orrery.sim.run;

import io.orrery.kernel.Check;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Workloads by name, sorted. */
public final class Workloads {
    private final TreeMap<String, Supplier<Workload>> makers = new TreeMap<>();

    /** Adds a workload under the name that its objects give themselves. */
    public Workloads add(Supplier<Workload> maker) {
        String name = maker.get().name();
        Check.argument(makers.put(name, maker) == null, "a workload's name is unique: " + name);
        return this;
    }

    public List<String> names() {
        return Collections.unmodifiableList(new ArrayList<>(makers.keySet()));
    }

    /**
     * A new workload for one run.
     *
     * @throws IllegalArgumentException naming those that exist, if there is none of that name
     */
    public Workload make(String name) {
        Supplier<Workload> maker = makers.get(name);
        Check.argument(maker != null, "there is no workload '" + name + "'; there are " + names());
        return maker.get();
    }
}
