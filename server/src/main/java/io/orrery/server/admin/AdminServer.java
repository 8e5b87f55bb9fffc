package io.orrery.server.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orrery.server.json.Json;
import io.orrery.server.json.JsonException;
import io.orrery.server.json.JsonWriter;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.Problem;
import io.orrery.server.problem.ProblemException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP side of the admin interface: paths, methods, bodies, errors. */
public final class AdminServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final int BODY_BYTES_MAX = 64 * 1024;
    private static final int THREADS = 4;
    private static final int WAITING_MAX = 64;
    /** Of the JDK's server: how long a request may take to arrive, so that silent connections do not use up the threads. */
    private static final String REQUEST_SECONDS_MAX = "sun.net.httpserver.maxReqTime";

    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    /** Followed by a group's name. */
    private static final String GROUP = "/v1/groups/";

    /** Followed by a member's name. */
    private static final String MEMBER = "/v1/members/";

    /** What a path does: a method, and a body that becomes an answer. */
    private record Route(String method, Function<Json, String> answer) {}

    private final AdminApi api;
    private final SortedMap<String, Route> routes = new TreeMap<>();
    private String boundHost = "";
    private HttpServer server;
    private ExecutorService threads;

    public AdminServer(AdminApi api) {
        this.api = api;
        ask("/v1/status", api::status);
        ask("/v1/members", api::members);
        ask("/v1/view", api::view);
        ask("/v1/routes", api::routes);
        ask("/v1/trie", api::trie);
        ask("/v1/topics", api::topics);
        ask("/v1/groups", api::groups);
        ask("/v1/namespaces", api::namespaces);
        ask("/v1/sessions", api::sessions);
        routes.put("/v1/namespace/add", new Route("POST", body -> api.changeNamespace(true, required(body, "name"))));
        routes.put(
                "/v1/namespace/remove", new Route("POST", body -> api.changeNamespace(false, required(body, "name"))));
        ask("/v1/clients", api::clients);
        routes.put(
                "/v1/client/register",
                new Route(
                        "POST",
                        body -> api.register(
                                required(body, "namespace"),
                                required(body, "name"),
                                body.texts("purposes"),
                                body.text("description"))));
        routes.put(
                "/v1/client/unregister",
                new Route("POST", body -> api.unregister(required(body, "namespace"), required(body, "name"))));
        ask("/v1/keys", api::keys);
        for (String operation : List.of("install", "use", "remove")) {
            routes.put(
                    "/v1/keys/" + operation,
                    new Route("POST", body -> api.changeKeys(operation, required(body, "key"))));
        }
        routes.put("/v1/keys/rotate", new Route("POST", body -> api.changeKeys("rotate", "")));
        ask("/v1/dump", api::dump);
        routes.put("/v1/cluster/join", new Route("POST", body -> api.join(required(body, "node"))));
        routes.put("/v1/cluster/init", new Route("POST", body -> api.init()));
        routes.put("/v1/cluster/leave", new Route("POST", body -> api.leave()));
        routes.put(
                "/v1/group/recover",
                new Route("POST", body -> api.recover(required(body, "group"), body.texts("voters"))));
        routes.put(
                "/v1/group/transfer",
                new Route("POST", body -> api.transfer(required(body, "group"), body.text("to"))));
        routes.put("/v1/cluster/remove", new Route("POST", body -> api.remove(required(body, "node"))));
    }

    /**
     * Binds.
     *
     * @throws ProblemException if the address cannot be had
     */
    public AdminServer start(String host, int port) {
        boundHost = host;
        if (System.getProperty(REQUEST_SECONDS_MAX) == null) {
            System.setProperty(REQUEST_SECONDS_MAX, "10");
        }
        try {
            server = HttpServer.create(new InetSocketAddress(host, port), WAITING_MAX);
        } catch (IOException | IllegalArgumentException e) {
            throw new ProblemException(
                    ExitCode.UNREACHABLE,
                    "cannot listen for admin HTTP on " + host + ":" + port,
                    Problem.reason(e),
                    "stop what uses the port, or choose another: --admin-port " + (port + 1));
        }
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                1,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_MAX),
                task -> daemon(task, "orrery-admin"));
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
        return this;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** The port bound. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** What a path does; null if there is no such path. */
    private Route route(String path) {
        if (path.startsWith(GROUP)) {
            return new Route("GET", body -> api.group(path.substring(GROUP.length())));
        }
        if (path.startsWith(MEMBER)) {
            return new Route("GET", body -> api.member(path.substring(MEMBER.length())));
        }
        return routes.get(path);
    }

    private void ask(String path, Supplier<String> answer) {
        routes.put(path, new Route("GET", body -> answer.get()));
    }

    private static String required(Json body, String field) {
        String value = body.text(field);
        if (value.isEmpty()) {
            throw new AdminException(
                    AdminException.BAD_REQUEST, "the field '" + field + "' is missing", "", "{\"" + field + "\": ...}");
        }
        return value;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            try {
                answer(exchange, path);
            } catch (AdminException e) {
                send(exchange, e.status(), JSON, problem(e.problem()));
            } catch (JsonException e) {
                send(exchange, AdminException.BAD_REQUEST, JSON, problem(new Problem("the body", e.getMessage(), "")));
            } catch (RuntimeException e) {
                LOG.error("admin request {} failed", path, e);
                Problem bug = new Problem("a fault in the node: " + e, "", "its log says more; report it");
                send(exchange, AdminException.BUG, JSON, problem(bug));
            }
        }
    }

    private void answer(HttpExchange exchange, String path) throws IOException {
        refuseForeignPages(exchange);
        switch (path) {
            case "/live" -> verdict(exchange, api.isLive() ? "" : "the node's thread does not answer");
            case "/ready" -> verdict(exchange, api.whyNotReady());
            case "/metrics" -> send(exchange, 200, TEXT, api.metrics());
            default -> {
                Route route = route(path);
                if (route == null) {
                    throw new AdminException(
                            AdminException.NOT_FOUND,
                            "no such path: " + path,
                            "there are /live, /ready, /metrics and " + String.join(", ", routes.keySet()),
                            "");
                }
                if (!route.method().equals(exchange.getRequestMethod())) {
                    throw new AdminException(
                            AdminException.METHOD_NOT_ALLOWED,
                            path + " takes " + route.method() + ", not " + exchange.getRequestMethod(),
                            "",
                            "");
                }
                send(exchange, 200, JSON, route.answer().apply(body(exchange)));
            }
        }
    }

    /**
     * A web page in the operator's browser can reach loopback, too. It cannot send JSON unasked, nor call this server by
     * an address instead of a name of its own.
     */
    private void refuseForeignPages(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        String name = host == null ? "" : host.replaceFirst(":\\d+$", "");
        boolean isOwnName = name.isEmpty() || name.equals("localhost") || name.equals(boundHost);
        if (!isOwnName && !name.matches("[0-9.]+|\\[[0-9a-fA-F:.]+]")) {
            throw new AdminException(
                    AdminException.REFUSED,
                    "this is not " + name,
                    "the Host header is not an address of this node",
                    "");
        }
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (exchange.getRequestMethod().equals("POST") && (type == null || !type.startsWith(JSON))) {
            throw new AdminException(AdminException.BAD_REQUEST, "a POST needs Content-Type: application/json", "", "");
        }
    }

    private static Json body(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
        if (bytes.length > BODY_BYTES_MAX) {
            throw new AdminException(AdminException.TOO_LARGE, "the body is larger than 64 KiB", "", "");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return Json.parse(text.isBlank() ? "{}" : text);
    }

    private static void verdict(HttpExchange exchange, String whyNot) throws IOException {
        JsonWriter out = new JsonWriter().object().field("ok", whyNot.isEmpty());
        if (!whyNot.isEmpty()) {
            out.field("why", whyNot);
        }
        send(
                exchange,
                whyNot.isEmpty() ? 200 : AdminException.NOT_NOW,
                JSON,
                out.end().toString());
    }

    private static String problem(Problem problem) {
        return new JsonWriter()
                .object()
                .field("error", problem.what())
                .field("why", problem.why())
                .field("try", problem.next())
                .end()
                .toString();
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean hasBody = !exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, hasBody ? bytes.length : -1);
        if (hasBody) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Stops listening; requests under way are cut off. */
    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
