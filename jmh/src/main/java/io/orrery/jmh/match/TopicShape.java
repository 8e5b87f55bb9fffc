package io.orrery.jmh.match;

import io.orrery.kernel.Prng;

/** The three shapes of filters and topics that are measured. All draws are by seed: every matcher gets the same. */
public enum TopicShape {
    /** {@code tenant/t/device/d/up/data}, no wildcards: each topic has one hit. */
    EXACT {
        @Override
        String filter(int number, Prng prng) {
            return "tenant/" + number / 1000 + "/device/" + number % 1000 + "/up/data";
        }

        @Override
        String topic(int filters, Prng prng) {
            return filter(prng.below(filters), prng);
        }
    },
    /** {@code device/d/+/n/#}, the shape of EMQX's own benchmark: each topic has one hit. */
    DEVICE {
        @Override
        String filter(int number, Prng prng) {
            return "device/" + number / 100 + "/+/" + number % 100 + "/#";
        }

        @Override
        String topic(int filters, Prng prng) {
            int number = prng.below(filters);
            return "device/" + number / 100 + "/" + word(prng) + "/" + number % 100 + "/" + word(prng) + "/"
                    + word(prng);
        }
    },
    /**
     * Five levels of twenty words; each level of a filter is {@code +} in 25 %, and 10 % of the filters end early in
     * {@code #}: with 100,000 filters a topic has about 1,150 hits.
     */
    MIXED {
        @Override
        String filter(int number, Prng prng) {
            int cut = prng.chance(100_000) ? 1 + prng.below(LEVELS - 1) : LEVELS;
            StringBuilder text = new StringBuilder();
            for (int level = 0; level < cut; level++) {
                text.append(level == 0 ? "" : "/").append(prng.chance(250_000) ? "+" : word(prng));
            }
            return cut < LEVELS ? text.append("/#").toString() : text.toString();
        }

        @Override
        String topic(int filters, Prng prng) {
            StringBuilder text = new StringBuilder(word(prng));
            for (int level = 1; level < LEVELS; level++) {
                text.append('/').append(word(prng));
            }
            return text.toString();
        }
    };

    private static final int LEVELS = 5;
    private static final int WORDS = 20;

    abstract String filter(int number, Prng prng);

    abstract String topic(int filters, Prng prng);

    private static String word(Prng prng) {
        return "word" + prng.below(WORDS);
    }
}
