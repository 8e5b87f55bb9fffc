package io.orrery.server.bench.routes;

import io.orrery.broker.route.RowCodec;
import io.orrery.broker.topic.TopicFilter;
import io.orrery.kernel.codec.Bytes;

/** Filters as many devices have them, each different. */
public enum RouteShape {
    /** Without a wildcard: {@code t7/site42/dev1042007/telemetry}. */
    EXACT {
        @Override
        String text(int i) {
            return tenant(i) + site(i) + device(i) + "/telemetry";
        }
    },
    /** With one at the end: {@code t7/site42/dev1042007/telemetry/+}. */
    PLUS {
        @Override
        String text(int i) {
            return EXACT.text(i) + "/+";
        }
    },
    /** In turn: {@code +} at the end, {@code #} behind the device, {@code +} for the site, {@code +} for the tenant. */
    WILD {
        @Override
        String text(int i) {
            return switch (i & 3) {
                case 0 -> PLUS.text(i);
                case 1 -> tenant(i) + site(i) + device(i) + "/#";
                case 2 -> tenant(i) + "/+" + device(i) + "/telemetry";
                default -> "+" + site(i) + device(i) + "/telemetry";
            };
        }
    },
    /** Every other one without a wildcard, the rest as {@link #WILD}. */
    MIXED {
        @Override
        String text(int i) {
            return (i & 1) == 0 ? EXACT.text(i) : WILD.text(i >>> 1);
        }
    },
    /** Nothing in common before the wildcard: {@code dev1042007/+/status}. */
    LONE {
        @Override
        String text(int i) {
            return device(i).substring(1) + "/+/status";
        }
    };

    abstract String text(int i);

    private static String tenant(int i) {
        return "t" + i % 1000;
    }

    private static String site(int i) {
        return "/site" + i / 1000 % 100;
    }

    private static String device(int i) {
        return "/dev" + i;
    }

    TopicFilter filter(int i) {
        return TopicFilter.of(text(i));
    }

    Bytes row(int i) {
        return RowCodec.ofFilter(filter(i));
    }
}
