package io.orrery.sim.scenario;

import io.orrery.sim.network.LinkPolicy;
import java.util.List;

/** A link's policy as a scenario writes it: what differs from a healthy link, or {@code healthy}. */
final class PolicyText {
    /** The words with which an item of a policy begins. */
    static final List<String> ITEMS = List.of("corrupt", "delay", "duplicate", "forge", "healthy", "loss", "reorder");

    private PolicyText() {}

    static String of(LinkPolicy policy) {
        StringBuilder text = new StringBuilder();
        if (!policy.delay().equals(LinkPolicy.LAN.delay())) {
            text.append(" delay ").append(SpreadText.of(policy.delay()));
        }
        ppm(text, "loss", policy.lossPpm());
        ppm(text, "duplicate", policy.duplicatePpm());
        ppm(text, "reorder", policy.reorderPpm());
        ppm(text, "corrupt", policy.corruptPpm());
        ppm(text, "forge", policy.forgePpm());
        return text.isEmpty() ? "healthy" : text.substring(1);
    }

    private static void ppm(StringBuilder text, String name, int ppm) {
        if (ppm != 0) {
            text.append(' ').append(name).append(' ').append(ppm).append("ppm");
        }
    }

    /** Takes the rest of a line, of which the first word has been taken. */
    static LinkPolicy parse(Words words, String first) {
        LinkPolicy policy = LinkPolicy.LAN;
        String item = first;
        while (!item.equals("healthy")) {
            policy = item(words, item, policy);
            if (!words.hasNext()) {
                break;
            }
            item = words.oneOf(ITEMS);
        }
        return policy;
    }

    private static LinkPolicy item(Words words, String item, LinkPolicy policy) {
        if (item.equals("delay")) {
            return policy.delay(SpreadText.parse(words, "a delay"));
        }
        int ppm = words.ppm("a probability", 0, 1_000_000);
        return switch (item) {
            case "corrupt" -> policy.corrupt(ppm);
            case "duplicate" -> policy.duplicate(ppm);
            case "forge" -> policy.forge(ppm);
            case "loss" -> policy.loss(ppm);
            default -> policy.reorder(ppm);
        };
    }
}
