package io.orrery.jepsen.maelstrom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;

/**
 * Reads lines from a stream into a bounded queue, on a thread of its own: a full queue stops the reading, which stops the
 * writer at the other end of the pipe. A line that is too long or not UTF-8 is passed on as one that no JSON reader takes,
 * so that the one who handles lines counts it.
 */
final class LineReader implements Runnable {
    /** The largest frame in base64, with its envelope. */
    static final int LINE_BYTES_MAX = 32 * 1024 * 1024;

    /** Stands for the end of the input; told by identity. */
    private static final String END = new String("end of input");

    private final InputStream in;
    private final BlockingQueue<String> lines;

    LineReader(InputStream in, BlockingQueue<String> lines) {
        this.in = in;
        this.lines = lines;
    }

    /** Whether the input is over. */
    @SuppressWarnings("ReferenceEquality")
    static boolean isEnd(String line) {
        return line == END;
    }

    @Override
    public void run() {
        try {
            try {
                readAll();
            } catch (IOException closed) {
                // A pipe that breaks is an input that ends.
                lines.put(END);
                return;
            }
            lines.put(END);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void readAll() throws IOException, InterruptedException {
        byte[] chunk = new byte[64 * 1024];
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean tooLong = false;
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            int start = 0;
            for (int i = 0; i < count; i++) {
                if (chunk[i] == '\n') {
                    tooLong |= !append(line, chunk, start, i);
                    lines.put(tooLong ? "(a line that is too long)" : text(line.toByteArray()));
                    line.reset();
                    tooLong = false;
                    start = i + 1;
                }
            }
            tooLong |= !append(line, chunk, start, count);
        }
    }

    private static boolean append(ByteArrayOutputStream line, byte[] chunk, int from, int to) {
        if (line.size() + to - from > LINE_BYTES_MAX) {
            return false;
        }
        line.write(chunk, from, to - from);
        return true;
    }

    private static String text(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return "(a line that is not UTF-8)";
        }
    }
}
