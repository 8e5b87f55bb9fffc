package io.orrery.server.mutant;

import io.orrery.server.simulation.Strategy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/**
 * What all searches for one mutant by one strategy came to.
 *
 * @param finds one for each restart, over seeds that no other restart had; at least one
 */
public record MutantResult(Mutant mutant, Strategy strategy, List<Find> finds) {
    public MutantResult {
        finds = Collections.unmodifiableList(new ArrayList<>(finds));
    }

    /** Whether any restart found it. */
    public boolean isFound() {
        return first() != null;
    }

    /** What the first restart that found it found; null if none did. */
    public Find first() {
        return finds.stream().filter(Find::isFound).findFirst().orElse(null);
    }

    /** The median over the restarts, the lower of two; empty if fewer than half of them found it. */
    public OptionalLong seedsToFind() {
        List<Long> seeds = new ArrayList<>();
        finds.forEach(find -> seeds.add(find.isFound() ? find.seeds() : Long.MAX_VALUE));
        Collections.sort(seeds);
        long median = seeds.get((seeds.size() - 1) / 2);
        return median == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(median);
    }

    /** Why a search came to no end; empty if all did. */
    public String trouble() {
        for (Find find : finds) {
            if (!find.trouble().isEmpty()) {
                return find.trouble();
            }
        }
        return "";
    }

    public double seconds() {
        return finds.stream().mapToDouble(Find::seconds).sum();
    }
}
