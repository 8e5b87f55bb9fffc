package io.orrery.server.cli;

import io.orrery.server.json.Json;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import io.orrery.server.view.NodeView;
import io.orrery.server.view.SilentNodeException;
import io.orrery.server.view.ViewPoller;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Option;

/** Which cluster is looked at from outside, and how patiently. */
final class ViewOptions {
    private static final long EVERY_NANOS_MIN = 50_000_000L;

    @Option(
            names = "--api",
            paramLabel = "URL",
            description =
                    "The admin interface of any node; the others' are learnt from it. Default: ORRERY_API, else that of"
                            + " the first node on this machine.")
    private String api;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            defaultValue = "500ms",
            converter = DurationConverter.class,
            description = "The pause between two questions to a node; default ${DEFAULT-VALUE}, at least 50ms.")
    private long everyNanos;

    @Option(
            names = "--answer-within",
            paramLabel = "DURATION",
            defaultValue = "1s",
            converter = DurationConverter.class,
            description = "A node that takes longer is shown as silent; default ${DEFAULT-VALUE}.")
    private long answerNanosMax;

    /**
     * Begins to look; the caller closes what it gets.
     *
     * @throws ProblemException if the first node does not answer
     */
    ViewPoller start(Console console) {
        URI uri = ApiOptions.uri(api, console);
        // What the first node answers, right or wrong, is told as every command tells it.
        NodeView.of(client(uri).ask("/v1/view"));
        ViewPoller poller = new ViewPoller(this::ask, Math.max(EVERY_NANOS_MIN, everyNanos));
        try {
            poller.start(uri.toString());
        } catch (SilentNodeException e) {
            poller.close();
            throw new ProblemException(
                    ExitCode.UNREACHABLE,
                    "no node answers at " + uri,
                    e.getMessage(),
                    "orrery cluster watch --api URL");
        }
        return poller;
    }

    long everyNanos() {
        return Math.max(EVERY_NANOS_MIN, everyNanos);
    }

    private ApiClient client(URI uri) {
        long millis = TimeUnit.NANOSECONDS.toMillis(answerNanosMax);
        return new ApiClient(uri, (int) Math.max(1, Math.min(millis, Integer.MAX_VALUE)));
    }

    private NodeView ask(String address) {
        try {
            URI uri = URI.create(address.contains("://") ? address : "http://" + address);
            Json answer = client(uri).ask("/v1/view");
            return NodeView.of(answer);
        } catch (ProblemException e) {
            throw new SilentNodeException(trouble(e), e);
        } catch (RuntimeException e) {
            throw new SilentNodeException("no view: " + e.getMessage(), e);
        }
    }

    private static String trouble(ProblemException e) {
        return switch (e.exitCode()) {
            case ExitCode.TIMEOUT -> "no answer";
            case ExitCode.UNREACHABLE -> "unreachable";
            default -> e.getMessage();
        };
    }
}
