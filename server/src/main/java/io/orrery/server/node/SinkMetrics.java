package io.orrery.server.node;

import io.orrery.kernel.host.CounterSink;
import io.orrery.server.admin.MetricsWriter;

/** What a part of the host counts, under names of one beginning. */
final class SinkMetrics implements CounterSink {
    private final String prefix;
    private final MetricsWriter out;
    private String family = "";

    SinkMetrics(String prefix, MetricsWriter out) {
        this.prefix = prefix;
        this.out = out;
    }

    @Override
    public void counter(String name, String help, long value) {
        out.counter(prefix + name, help, value);
    }

    @Override
    public void gauge(String name, String help, long value) {
        out.gauge(prefix + name, help, value);
    }

    @Override
    public void refusals(String name, String help, String reason, long value) {
        String metric = prefix + name + "_total";
        if (!metric.equals(family)) {
            out.header(metric, "counter", help);
            family = metric;
        }
        out.sample(metric, "reason", reason, value);
    }
}
