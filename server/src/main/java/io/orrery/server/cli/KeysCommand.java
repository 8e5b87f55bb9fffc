package io.orrery.server.cli;

import io.orrery.kernel.host.JdkCipherer;
import io.orrery.kernel.seal.KeyRing;
import io.orrery.kernel.seal.SealKey;
import io.orrery.server.json.Json;
import io.orrery.server.json.JsonWriter;
import io.orrery.server.keys.KeyFile;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.Problem;
import io.orrery.server.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code orrery keys ...}: the keys that the nodes of a cluster encrypt their traffic with. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = {
            "Make, look at and change the keys of a cluster that encrypts.",
            "A change is made on all running nodes, and each node's answer is counted; exit code 1 if not all did it."
        })
final class KeysCommand implements Runnable {
    private static final int KEY_BYTES = 32;

    @ParentCommand
    private OrreryCommand root;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "what: generate, list, install, use, remove or rotate?");
    }

    @Command(name = "generate", mixinStandardHelpOptions = true, description = "Makes a random key; asks no node.")
    void generate(
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            description = "Writes a key file instead of printing the key.")
                    Path out) {
        byte[] material = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(material);
        SealKey key = SealKey.of(new JdkCipherer(), material);
        if (out == null) {
            root.console().print(key.encoded());
            return;
        }
        if (Files.exists(out)) {
            throw new ProblemException(
                    ExitCode.REFUSED, out + " is there already", "it may hold keys that are in use", "another --out");
        }
        try {
            KeyFile.save(out, KeyRing.EMPTY.with(key));
        } catch (IOException e) {
            throw new ProblemException(ExitCode.UNREACHABLE, "cannot write " + out, Problem.reason(e), "");
        }
        root.console().say("Key " + key.name() + " is in " + out + ", for cluster.key-file; nobody else may read it.");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Which node has which keys.")
    int list(@Mixin ApiOptions options) {
        Json answer = options.client(root.console()).ask("/v1/keys");
        root.console().print(options.show(answer, KeysCommand::table));
        return verdict(answer);
    }

    @Command(
            name = "install",
            mixinStandardHelpOptions = true,
            description = "Gives all nodes one key more, to open with.")
    int install(
            @Mixin ApiOptions options,
            @Parameters(
                            paramLabel = "KEY",
                            arity = "0..1",
                            description =
                                    "In base64. Others on this machine see it in the process list: prefer --file.")
                    String key,
            @Option(names = "--file", paramLabel = "FILE", description = "Takes the first key of a key file instead.")
                    Path file) {
        if ((key == null) == (file == null)) {
            throw new ParameterException(spec.commandLine(), "give a KEY or --file FILE");
        }
        return change(options, "install", "have", key != null ? key : first(file));
    }

    private static String first(Path file) {
        KeyRing ring = KeyFile.load(new JdkCipherer(), file);
        if (ring.isEmpty()) {
            throw new ProblemException(
                    ExitCode.USAGE, "there is no key in " + file, "", "orrery keys generate --out " + file);
        }
        return ring.primary().encoded();
    }

    @Command(
            name = "use",
            mixinStandardHelpOptions = true,
            description = "Has all nodes encrypt with a key; refused while a running node does not have it.")
    int use(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "NAME", description = "Of eight digits, as 'orrery keys list' prints it.")
                    String key) {
        return change(options, "use", "use", key);
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Has all nodes forget a key; refused while a node encrypts with it.")
    int remove(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "NAME", description = "Of eight digits, as 'orrery keys list' prints it.")
                    String key) {
        return change(options, "remove", "have", key);
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = {
                "All at once: the asked node makes a key, all install it, all use it, all forget the others.",
                "The key is nowhere printed. Stops where a node does not follow."
            })
    int rotate(@Mixin ApiOptions options) {
        return change(options, "rotate", "use", "");
    }

    private int change(ApiOptions options, String operation, String counted, String key) {
        JsonWriter body = new JsonWriter().object();
        if (!key.isEmpty()) {
            body.field("key", key);
        }
        String path = "/v1/keys/" + operation;
        Json answer = options.client(root.console()).tell(path, body.end().toString());
        root.console()
                .print(options.show(
                        answer,
                        done -> done.number(counted) + "/" + done.number("asked") + " nodes " + counted + " key "
                                + done.text("key") + "\n" + table(done)));
        return verdict(answer);
    }

    private static int verdict(Json answer) {
        return answer.number("done") == answer.number("asked") ? ExitCode.OK : ExitCode.FALSE;
    }

    private static String table(Json answer) {
        Table table = new Table("NODE", "IN USE", "KEYS", "PROBLEM");
        for (Json node : answer.list("nodes")) {
            table.row(node.text("node"), node.text("primary"), String.join(",", node.texts("keys")), node.text("why"));
        }
        String stopped = String.join(", ", answer.texts("stopped"));
        return table.text()
                + (stopped.isEmpty()
                        ? ""
                        : "\nNot asked, since they do not run: " + stopped
                                + ". Copy a node's key file to them before they start.");
    }
}
