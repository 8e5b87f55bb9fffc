package io.orrery.server.config;

import io.orrery.server.problem.Problem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads one YAML file into a {@link ConfigReader}; every refusal names file, line and column. */
final class YamlFile {
    private final Path path;
    private final ConfigReader reader;
    private final SortedMap<String, String> places = new TreeMap<>();

    YamlFile(Path path, ConfigReader reader) {
        this.path = path;
        this.reader = reader;
    }

    void read() {
        Optional<String> text = text();
        if (text.isEmpty()) {
            return;
        }
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(path.toString())
                    .setUseMarks(true)
                    .build();
            Optional<Node> root = new Compose(settings).composeString(text.get());
            root.ifPresent(this::root);
        } catch (MarkedYamlEngineException e) {
            String place = e.getProblemMark().map(this::place).orElse(path.toString());
            reader.problem("the configuration file is not YAML (" + place + ")", e.getProblem(), "");
        } catch (YamlEngineException e) {
            reader.problem("the configuration file is not YAML (" + path + ")", Problem.reason(e), "");
        }
    }

    private Optional<String> text() {
        String why;
        try {
            if (Files.isDirectory(path)) {
                throw new IOException("it is a directory");
            }
            return Optional.of(Files.readString(path));
        } catch (NoSuchFileException e) {
            why = "there is no such file; looked at " + path.toAbsolutePath().normalize();
        } catch (AccessDeniedException e) {
            why = "this user (" + System.getProperty("user.name") + ") may not read it";
        } catch (CharacterCodingException e) {
            why = "it is not UTF-8 text";
        } catch (IOException e) {
            why = Problem.reason(e);
        }
        reader.problem(
                "cannot read the configuration file " + path, why, "give another by --config FILE, or mend this one");
        return Optional.empty();
    }

    private void root(Node node) {
        if (node instanceof MappingNode mapping) {
            mapping("", mapping);
        } else {
            reader.problem(
                    "the configuration file is not a mapping of keys to values (" + place(node) + ")",
                    "",
                    "write lines such as   node.name: emq@s1.emqx.io");
        }
    }

    private void mapping(String prefix, MappingNode mapping) {
        for (NodeTuple entry : mapping.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode key) {
                value(prefix + key.getValue(), key, entry.getValueNode());
            } else {
                reader.problem("a key must be a word (" + place(entry.getKeyNode()) + ")", "", "");
            }
        }
    }

    private void value(String name, ScalarNode key, Node value) {
        if (value instanceof MappingNode inner && Keys.find(name) == null) {
            mapping(name + ".", inner);
            return;
        }
        String place = place(key);
        String canonical = Keys.find(name) == null ? name : Keys.find(name).name();
        String earlier = places.putIfAbsent(canonical, place);
        if (earlier != null) {
            reader.problem(canonical + " is set twice (" + place + ")", "it was set at " + earlier, "remove one");
            return;
        }
        if (value instanceof ScalarNode scalar) {
            reader.set(name, scalar.getValue(), new Origin(Origin.Kind.FILE, place));
        } else if (value instanceof SequenceNode sequence) {
            sequence(name, place, sequence);
        } else {
            reader.problem(name + " takes a value, not a mapping (" + place(value) + ")", "", "");
        }
    }

    private void sequence(String name, String place, SequenceNode sequence) {
        Key<?> key = Keys.find(name);
        if (key != null && !key.type().isList()) {
            reader.problem(
                    name + " takes one value, not a list (" + place(sequence) + ")",
                    "it takes " + key.type().label(),
                    "");
            return;
        }
        List<String> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            if (item instanceof ScalarNode scalar) {
                items.add(scalar.getValue());
            } else if (item instanceof MappingNode pairs) {
                pairs(items, pairs);
            } else {
                reader.problem("an item of " + name + " is not a word (" + place(item) + ")", "", "");
            }
        }
        reader.set(name, String.join(",", items), new Origin(Origin.Kind.FILE, place));
    }

    /** An item written {@code - machine-1: host:port} means {@code machine-1=host:port}. */
    private void pairs(List<String> items, MappingNode pairs) {
        for (NodeTuple pair : pairs.getValue()) {
            if (pair.getKeyNode() instanceof ScalarNode name && pair.getValueNode() instanceof ScalarNode address) {
                items.add(name.getValue() + "=" + address.getValue());
            } else {
                reader.problem("an item is not name: host:port (" + place(pair.getKeyNode()) + ")", "", "");
            }
        }
    }

    private String place(Node node) {
        return node.getStartMark().map(this::place).orElse(path.toString());
    }

    private String place(Mark mark) {
        return path + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }
}
