package io.orrery.server.cli;

import io.orrery.server.json.Json;
import io.orrery.server.json.JsonException;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.Problem;
import io.orrery.server.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Asks one node's admin interface; every failure is a {@link ProblemException} with the right exit code. */
final class ApiClient {
    private static final int ANSWER_BYTES_MAX = 256 * 1024 * 1024;

    private final URI node;
    private final int askMillis;
    private final int tellMillis;

    ApiClient(URI node, int timeoutMillis) {
        this(node, timeoutMillis, timeoutMillis);
    }

    /**
     * @param askMillis how long to wait for an answer
     * @param tellMillis how long to wait until something is done
     */
    ApiClient(URI node, int askMillis, int tellMillis) {
        this.node = node;
        this.askMillis = askMillis;
        this.tellMillis = tellMillis;
    }

    /** The answer; a verdict, which says {@code ok}, also where it is no. */
    Json ask(String path) {
        return exchange("GET", path, "");
    }

    /** Tells the node to do something; never sent twice. */
    Json tell(String path, String body) {
        return exchange("POST", path, body);
    }

    private Json exchange(String method, String path, String body) {
        int timeoutMillis = method.equals("POST") ? tellMillis : askMillis;
        HttpURLConnection connection = null;
        try {
            connection = (HttpURLConnection) node.resolve(path).toURL().openConnection();
            connection.setRequestMethod(method);
            connection.setConnectTimeout(timeoutMillis);
            connection.setReadTimeout(timeoutMillis);
            if (method.equals("POST")) {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/json");
                connection.setFixedLengthStreamingMode(bytes.length);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(bytes);
                }
            }
            return answer(connection);
        } catch (SocketTimeoutException e) {
            throw new ProblemException(
                    ExitCode.TIMEOUT,
                    "no answer from " + node + " within " + MemberText.seconds(timeoutMillis),
                    "the node is stuck, or what was asked takes longer",
                    method.equals("POST")
                            ? "orrery cluster status   to see what came of it, or a longer --timeout"
                            : "another node, by --api URL, or a longer --timeout");
        } catch (IOException e) {
            throw new ProblemException(
                    ExitCode.UNREACHABLE,
                    "no node answers at " + node,
                    Problem.reason(e),
                    "orrery dev   starts a cluster here; --api URL or ORRERY_API names another node");
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }

    private Json answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        InputStream stream = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        String text = "";
        if (stream != null) {
            try (stream) {
                text = new String(stream.readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8);
            }
        }
        Json json;
        try {
            json = Json.parse(text);
        } catch (JsonException e) {
            throw new ProblemException(
                    ExitCode.UNREACHABLE,
                    "what answers at " + node + " is not an orrery node",
                    "HTTP " + status + ", " + e.getMessage(),
                    "--api URL   with the admin address that the node printed at its start");
        }
        boolean isVerdict = !json.at("ok").isNull();
        if (status >= 400 && !isVerdict) {
            throw new ProblemException(exitCode(status), json.text("error"), json.text("why"), json.text("try"));
        }
        return json;
    }

    private static int exitCode(int status) {
        return switch (status) {
            case 400, 404, 405, 413 -> ExitCode.USAGE;
            case 502 -> ExitCode.UNREACHABLE;
            case 504 -> ExitCode.TIMEOUT;
            case 500 -> ExitCode.BUG;
            default -> ExitCode.REFUSED;
        };
    }
}
