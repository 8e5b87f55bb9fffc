package io.orrery.server.bench.gossip;

/** A part of the benchmark, by the name that the command and its JSON use. */
public enum Section {
    DETECTION("detection"),
    DISSEMINATION("dissemination"),
    FALSE_SUSPICION("falseSuspicion"),
    LIFEGUARD("lifeguard"),
    EVERYWHERE("everywhere"),
    FALSE_DEATHS("falseDeaths"),
    TRAFFIC("traffic"),
    JOIN("join"),
    RESTART("restart"),
    HOUR("hour");

    private final String word;

    Section(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
