package io.orrery.server.admin;

/** Writes Prometheus' text format, version 0.0.4: metrics of one node, without labels but what is given. */
public final class MetricsWriter {
    private final StringBuilder out = new StringBuilder();

    /**
     * A number that only grows.
     *
     * @param name without the ending {@code _total}, which is added
     */
    public MetricsWriter counter(String name, String help, long value) {
        return metric(name + "_total", "counter", help, value);
    }

    /** A number that goes up and down. */
    public MetricsWriter gauge(String name, String help, long value) {
        return metric(name, "gauge", help, value);
    }

    /** A family of gauges with one label. */
    public MetricsWriter header(String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        return this;
    }

    /** One of a family, below its header. */
    public MetricsWriter sample(String name, String label, String labelValue, long value) {
        String escaped = labelValue.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        out.append(name).append('{').append(label).append("=\"").append(escaped).append("\"} ");
        out.append(value).append('\n');
        return this;
    }

    private MetricsWriter metric(String name, String type, String help, long value) {
        header(name, type, help);
        out.append(name).append(' ').append(value).append('\n');
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
