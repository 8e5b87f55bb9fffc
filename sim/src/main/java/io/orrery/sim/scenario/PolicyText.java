package io.orrery.sim.scenario;

import io.orrery.kernel.Time;
import io.orrery.sim.network.LinkPolicy;

/** A link's policy as a scenario writes it: what differs from a healthy link, or {@code healthy}. */
final class PolicyText {
    private PolicyText() {}

    static String of(LinkPolicy policy) {
        StringBuilder text = new StringBuilder();
        LinkPolicy healthy = LinkPolicy.LAN;
        if (policy.delayNanosMin() != healthy.delayNanosMin() || policy.delayNanosMax() != healthy.delayNanosMax()) {
            text.append(" delay ").append(Time.text(policy.delayNanosMin()));
            text.append("..").append(Time.text(policy.delayNanosMax()));
        }
        ppm(text, "loss", policy.lossPpm());
        ppm(text, "duplicate", policy.duplicatePpm());
        ppm(text, "reorder", policy.reorderPpm());
        return text.isEmpty() ? "healthy" : text.substring(1);
    }

    private static void ppm(StringBuilder text, String name, int ppm) {
        if (ppm != 0) {
            text.append(' ').append(name).append(' ').append(ppm).append("ppm");
        }
    }
}
