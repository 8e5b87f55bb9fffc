package io.orrery.raft.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A file of blocks, with an empty line after each: comments ({@code #}), commands, {@code ----}, and what they brought. A block of
 * comments alone is prose.
 */
final class Transcript {
    private static final String RULE = "----";

    private record Block(List<String> comments, List<String> commands, List<String> output) {}

    private final List<Block> blocks = new ArrayList<>();

    private Transcript() {}

    static Transcript parse(String text) {
        Transcript transcript = new Transcript();
        Block block = null;
        boolean inOutput = false;
        for (String line : text.lines().toList()) {
            if (line.isBlank()) {
                block = null;
                inOutput = false;
                continue;
            }
            if (block == null) {
                block = new Block(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
                transcript.blocks.add(block);
            }
            if (inOutput) {
                block.output.add(line);
            } else if (line.equals(RULE)) {
                inOutput = true;
            } else if (line.startsWith("#")) {
                block.comments.add(line);
            } else {
                block.commands.add(line);
            }
        }
        return transcript;
    }

    /** The file as it would be if each block's commands brought what the director says. */
    String play(Function<List<String>, List<String>> director) {
        StringBuilder text = new StringBuilder();
        for (Block block : blocks) {
            text.append(text.isEmpty() ? "" : "\n");
            block.comments.forEach(line -> text.append(line).append('\n'));
            block.commands.forEach(line -> text.append(line).append('\n'));
            if (!block.commands.isEmpty()) {
                text.append(RULE).append('\n');
                List<String> output = director.apply(block.commands);
                (output.isEmpty() ? List.of("ok") : output)
                        .forEach(line -> text.append(line).append('\n'));
            }
        }
        return text.toString();
    }
}
