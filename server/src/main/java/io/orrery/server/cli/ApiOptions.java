package io.orrery.server.cli;

import io.orrery.server.json.Json;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Which node a tool asks, and how it prints the answer. */
final class ApiOptions {
    private static final String API_VARIABLE = "ORRERY_API";
    private static final String API_DEFAULT = "http://127.0.0.1:18083";

    /** A node whose thread does not answer says so after five. */
    private static final int ASK_SECONDS = 10;

    /** A join takes up to thirty. */
    private static final int TELL_SECONDS = 40;

    private static final int TIMEOUT_SECONDS_MAX = 24 * 3600;

    /** How data is printed. */
    enum Output {
        table,
        json,
        yaml
    }

    @Option(
            names = "--api",
            paramLabel = "URL",
            description = "The node's admin interface; default: ORRERY_API, else " + API_DEFAULT + ".")
    private String api;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json or yaml.")
    private Output output;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long to wait for the answer; default 10, and 40 where something is to be changed.")
    private Integer timeoutSeconds;

    /** The answer as it was asked for: as data, or as words for people. */
    String show(Json answer, Function<Json, String> words) {
        return switch (output) {
            case json -> answer.toString();
            case yaml -> answer.yaml();
            case table -> words.apply(answer);
        };
    }

    /** The same for a node on this machine whose admin interface has this port; 0 for as it was said. */
    ApiOptions atPort(int port) {
        api = port > 0 ? "http://127.0.0.1:" + port : api;
        return this;
    }

    /** Whether words for people are wanted. */
    boolean isForPeople() {
        return output == Output.table;
    }

    ApiClient client(Console console) {
        return new ApiClient(uri(api, console), millis(ASK_SECONDS), millis(TELL_SECONDS));
    }

    private int millis(int otherwiseSeconds) {
        int seconds = timeoutSeconds == null ? otherwiseSeconds : timeoutSeconds;
        return Math.max(1, Math.min(seconds, TIMEOUT_SECONDS_MAX)) * 1000;
    }

    /**
     * A node's admin interface.
     *
     * @param api as typed; null for that of the environment, else the default
     */
    static URI uri(String api, Console console) {
        String text = api != null ? api : console.environment().getOrDefault(API_VARIABLE, API_DEFAULT);
        try {
            URI uri = new URI(text.contains("://") ? text : "http://" + text);
            if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
                throw new URISyntaxException(text, "it is not http://host:port");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new ProblemException(
                    ExitCode.USAGE, "'" + text + "' is not a node's address", e.getReason(), "--api " + API_DEFAULT);
        }
    }
}
