package io.orrery.jepsen.edn;

/** A name that stands for something else; Jepsen writes few. */
public record Symbol(String name) {
    @Override
    public String toString() {
        return name;
    }
}
