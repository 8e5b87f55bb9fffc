package io.orrery.server.node;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Asks a node's admin interface, whatever it answers. */
final class AdminProbe {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private AdminProbe() {}

    static String get(ServerNode node, String path) throws IOException {
        return response(node, path).body();
    }

    static int status(ServerNode node, String path) throws IOException {
        return response(node, path).statusCode();
    }

    /** The value of a metric, by its name with its label if it has one. */
    static long metric(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no metric " + name));
    }

    private static HttpResponse<String> response(ServerNode node, String path) throws IOException {
        try {
            URI uri = URI.create("http://" + node.adminAddress() + path);
            return CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
