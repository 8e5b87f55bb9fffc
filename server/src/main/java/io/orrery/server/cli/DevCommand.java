package io.orrery.server.cli;

import io.orrery.server.Version;
import io.orrery.server.config.Config;
import io.orrery.server.config.ConfigReader;
import io.orrery.server.config.Key;
import io.orrery.server.config.Keys;
import io.orrery.server.logging.Logs;
import io.orrery.server.node.DevCluster;
import io.orrery.server.node.ServerNode;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code orrery dev}: a cluster in this process, for trying things out. */
@Command(
        name = "dev",
        mixinStandardHelpOptions = true,
        description = {
            "Run a cluster of several nodes on this machine.",
            "Ports count upwards from those given; --set node2:mqtt.port=2000 changes one node.",
            "--record names a folder, for a journal of each node."
        })
final class DevCommand implements Callable<Integer>, ConfigFlags.Holder {
    private static final int NODES_MAX = 64;
    private static final List<Key<Integer>> PORTS = List.of(Keys.MQTT_PORT, Keys.CLUSTER_PORT, Keys.ADMIN_PORT);

    @ParentCommand
    private OrreryCommand root;

    @Spec
    private CommandSpec spec;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "3", description = "How many; default 3.")
    private int count;

    @Override
    public Integer call() {
        long startNanos = System.nanoTime();
        Console console = root.console();
        Config base = base();
        Logs.start(base.isSet(Keys.LOG_LEVEL) ? base.value(Keys.LOG_LEVEL) : Keys.LogLevel.WARN);
        List<Config> configs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            configs.add(nodeConfig(base, i));
        }
        DevCluster cluster = new DevCluster(
                configs, (node, why) -> console.say("error: " + node + " halted: " + why + "; the others go on"));
        Daemon daemon = new Daemon(cluster, console);
        daemon.start(cluster::start);
        banner(console, base, cluster);
        new ReadyNotice(console, cluster::whyNotReady, base.value(Keys.CLUSTER_JOIN_TIMEOUT)).start(() -> {
            long millis = (System.nanoTime() - startNanos) / 1_000_000;
            return "ready: " + count + (count == 1 ? " node" : " nodes") + " after " + millis + " ms; Ctrl-C stops";
        });
        return daemon.await();
    }

    private Config base() {
        if (count < 1 || count > NODES_MAX) {
            throw new ProblemException(ExitCode.USAGE, "--nodes is between 1 and " + NODES_MAX, "", "--nodes 3");
        }
        Config base = ConfigFlags.reader(spec, root.console())
                .fallback(Keys.NODE_HOST, "127.0.0.1")
                .read();
        for (Key<?> key :
                List.of(Keys.NODE_NAME, Keys.CLUSTER_DISCOVERY, Keys.CLUSTER_STATIC_SEEDS, Keys.CLUSTER_JOIN)) {
            if (base.isSet(key)) {
                throw new ProblemException(
                        ExitCode.USAGE,
                        "dev takes no " + key.name() + " (" + base.origin(key).place() + ")",
                        "its nodes are node1 to node" + count + " and find each other",
                        "orrery server   runs one node as configured");
            }
        }
        return base;
    }

    private Config nodeConfig(Config base, int index) {
        String name = "node" + (index + 1);
        ConfigReader reader = ConfigFlags.reader(spec, root.console())
                .fallback(Keys.NODE_HOST, "127.0.0.1")
                .flag("dev", Keys.NODE_NAME.name(), name)
                .flag(
                        "dev",
                        Keys.NODE_DIR.name(),
                        base.value(Keys.NODE_DIR).resolve(name).toString());
        if (base.value(Keys.RECORD_FILE) != null) {
            Path file = base.value(Keys.RECORD_FILE).resolve(name + ".journal");
            reader.flag("dev", Keys.RECORD_FILE.name(), file.toString());
        }
        for (Key<Integer> port : PORTS) {
            int first = base.value(port);
            reader.flag("dev", port.name(), Integer.toString(first == 0 ? 0 : first + index));
        }
        for (String setting : ConfigFlags.settings(spec)) {
            if (ConfigFlags.isForOneNode(setting)) {
                String node = setting.substring(0, setting.indexOf(':'));
                requireNode(node, setting);
                if (node.equals(name)) {
                    String rest = setting.substring(node.length() + 1);
                    reader.flag("--set", ConfigFlags.name(rest), ConfigFlags.value(rest));
                }
            }
        }
        return reader.read();
    }

    private void requireNode(String node, String setting) {
        for (int i = 1; i <= count; i++) {
            if (node.equals("node" + i)) {
                return;
            }
        }
        throw new ProblemException(
                ExitCode.USAGE,
                "there is no node '" + node + "' (--set " + setting + ")",
                "the nodes are node1 to node" + count,
                "");
    }

    private static void banner(Console console, Config base, DevCluster cluster) {
        console.say("orrery " + Version.text() + ", " + cluster.nodes().size() + " nodes over "
                + base.text(Keys.CLUSTER_TRANSPORT) + " in "
                + base.value(Keys.NODE_DIR).toAbsolutePath().normalize());
        for (ServerNode node : cluster.nodes()) {
            console.say("  " + node.name() + "  mqtt " + node.mqttAddress() + "  nodes " + node.clusterAddress()
                    + "  admin http://" + node.adminAddress());
        }
        int first = cluster.nodes().get(0).mqttAddress().port();
        int last = cluster.nodes().get(cluster.nodes().size() - 1).mqttAddress().port();
        console.say("  try: mosquitto_sub -p " + first + " -t 't/#' -v    and: mosquitto_pub -p " + last
                + " -t t/a -m hello");
    }
}
