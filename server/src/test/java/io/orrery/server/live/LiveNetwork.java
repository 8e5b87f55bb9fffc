package io.orrery.server.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** How a share of the datagrams is made to get lost: by the kernel where a script prepared that, else behind the sockets. */
interface LiveNetwork {
    /** What loses them, for the report. */
    String how();

    /**
     * From now on, this share gets lost.
     *
     * @param partsPerMillion 0 for none
     */
    void lose(int partsPerMillion) throws IOException, InterruptedException;

    /** How many were lost; empty if nobody counts. */
    String lost() throws IOException, InterruptedException;

    /** By the commands {@code on}, {@code off} and {@code count} in the folder {@code live.loss.folder}, or in this process. */
    static LiveNetwork of(LossyTransport.Rate rate) {
        String folder = System.getProperty("live.loss.folder", "");
        return folder.isEmpty() ? new InProcess(rate) : new ByCommands(Path.of(folder));
    }

    /** Behind the sockets of this process. */
    record InProcess(LossyTransport.Rate rate) implements LiveNetwork {
        @Override
        public String how() {
            return "dropped on arrival in this process";
        }

        @Override
        public void lose(int partsPerMillion) {
            rate.set(partsPerMillion);
        }

        @Override
        public String lost() {
            return Long.toString(rate.lost());
        }
    }

    /** By whatever the commands tell the kernel. */
    record ByCommands(Path folder) implements LiveNetwork {
        private static final long SECONDS_MAX = 10;

        @Override
        public String how() {
            return "dropped by the kernel";
        }

        @Override
        public void lose(int partsPerMillion) throws IOException, InterruptedException {
            run(partsPerMillion == 0 ? "off" : "on", Integer.toString(partsPerMillion));
        }

        @Override
        public String lost() throws IOException, InterruptedException {
            return run("count", "");
        }

        private String run(String command, String argument) throws IOException, InterruptedException {
            Path out = Files.createTempFile("live-loss", ".out");
            Process process = new ProcessBuilder(folder.resolve(command).toString(), argument)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
            String said = Files.readString(out).strip();
            Files.delete(out);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(command + " failed: " + said);
            }
            return said;
        }
    }
}
