package io.orrery.server.bench.routes;

import io.orrery.broker.route.RowCodec;
import io.orrery.broker.topic.TopicFilter;
import io.orrery.kernel.codec.Bytes;

/** Filters as many devices have them, each different: about 32 bytes. */
enum RouteShape {
    /** Without a wildcard: {@code t7/site42/dev1042007/telemetry}. */
    EXACT(""),
    /** With one at the end. */
    PLUS("/+");

    private final String end;

    RouteShape(String end) {
        this.end = end;
    }

    String text(int i) {
        return "t" + i % 1000 + "/site" + i / 1000 % 100 + "/dev" + i + "/telemetry" + end;
    }

    TopicFilter filter(int i) {
        return TopicFilter.of(text(i));
    }

    Bytes row(int i) {
        return RowCodec.ofFilter(filter(i));
    }
}
