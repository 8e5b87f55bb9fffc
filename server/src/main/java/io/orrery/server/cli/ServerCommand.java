package io.orrery.server.cli;

import io.orrery.server.Version;
import io.orrery.server.config.Config;
import io.orrery.server.config.Keys;
import io.orrery.server.discovery.InMemoryDiscovery;
import io.orrery.server.logging.Logs;
import io.orrery.server.node.ServerNode;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code orrery server}: one node, until it is told to stop. */
@Command(name = "server", mixinStandardHelpOptions = true, description = "Run one node.")
final class ServerCommand implements Callable<Integer>, ConfigFlags.Holder {
    @ParentCommand
    private OrreryCommand root;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Console console = root.console();
        Config config = ConfigFlags.config(spec, console);
        Logs.start(config.value(Keys.LOG_LEVEL));
        AtomicReference<Daemon> daemon = new AtomicReference<>();
        ServerNode node = new ServerNode(
                config, new InMemoryDiscovery(), why -> daemon.get().halt());
        daemon.set(new Daemon(node, console));
        daemon.get().start(node::start);
        banner(console, config, node);
        new ReadyNotice(console, node::whyNotReady, config.value(Keys.CLUSTER_JOIN_TIMEOUT)).start(() -> "ready");
        return daemon.get().await();
    }

    private static void banner(Console console, Config config, ServerNode node) {
        console.say("orrery " + Version.text() + ", node " + node.name() + " of cluster "
                + config.value(Keys.CLUSTER_NAME));
        console.say(
                "  directory  " + config.value(Keys.NODE_DIR).toAbsolutePath().normalize());
        console.say("  nodes      " + node.clusterAddress() + " (" + config.text(Keys.CLUSTER_TRANSPORT) + ")");
        console.say("  clients    mqtt " + node.mqttAddress());
        console.say("  operators  http://" + node.adminAddress());
        console.say("  beginning  " + node.beginning());
        if (config.value(Keys.RECORD_FILE) != null) {
            console.say("  journal    " + config.value(Keys.RECORD_FILE).toAbsolutePath() + ", up to "
                    + config.text(Keys.RECORD_BYTES_MAX));
        }
        boolean isDefaultCookie = config.value(Keys.NODE_COOKIE).equals(Keys.NODE_COOKIE.fallback());
        boolean isLocal = node.clusterAddress().isLoopback();
        if (isDefaultCookie && !isLocal) {
            console.say("  warning    node.cookie is the default: any orrery node that reaches this port may join");
        }
    }
}
