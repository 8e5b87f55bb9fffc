package io.orrery.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.host.JdkCipherer;
import io.orrery.kernel.host.Sealing;
import io.orrery.kernel.seal.EncryptionMode;
import io.orrery.kernel.seal.KeyRing;
import io.orrery.kernel.seal.SealKey;
import io.orrery.server.cli.CommandTester;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    private static final JdkCipherer CIPHERS = new JdkCipherer();
    private static final String TEXT = "AAECAwQFBgcICQoLDA0ODw==";

    @TempDir
    Path folder;

    private Path write(String text, String mode) throws IOException {
        Path file = folder.resolve("keys");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }

    @Test
    void whatWasSavedIsLoaded() throws IOException {
        Path file = folder.resolve("below").resolve("keys");
        KeyRing ring = KeyRing.of(List.of(SealKey.parse(CIPHERS, TEXT)));
        KeyFile.save(file, ring);
        assertThat(KeyFile.load(CIPHERS, file).keys()).isEqualTo(ring.keys());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void fileThatOthersMayReadIsRefusedWithTheRemedy() throws IOException {
        Path file = write(TEXT, "rw-r-----");
        assertThatThrownBy(() -> KeyFile.load(CIPHERS, file))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.text()).contains("chmod 600 " + file));
    }

    @Test
    void badLineIsNamedAndNotRepeated() throws IOException {
        Path file = write("# words\n\n" + TEXT + "\nAAEC\n", "rw-------");
        assertThatThrownBy(() -> KeyFile.load(CIPHERS, file))
                .hasMessageContaining("line 4")
                .hasMessageNotContaining("AAEC");
    }

    @Test
    void nodeThatIsToEncryptWithoutAKeyIsToldWhatToType() {
        assertThatThrownBy(() -> KeyKeeper.open(EncryptionMode.REQUIRE, folder.resolve("none"), ""))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.text()).contains("orrery keys generate --out"));
    }

    @Test
    void generatedFileServesANode() {
        Path file = folder.resolve("made");
        CommandTester tester = new CommandTester(Map.of());
        assertThat(tester.run("keys", "generate", "--out", file.toString())).isZero();
        assertThat(KeyKeeper.open(EncryptionMode.PREFER, file, "").state().keys())
                .hasSize(1);
        assertThat(tester.run("keys", "generate", "--out", file.toString())).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void generatedKeysDiffer() {
        CommandTester one = new CommandTester(Map.of());
        CommandTester two = new CommandTester(Map.of());
        assertThat(one.run("keys", "generate") + two.run("keys", "generate")).isZero();
        assertThat(one.out()).isNotEqualTo(two.out());
        assertThat(SealKey.parse(CIPHERS, one.out()).bytes()).hasSize(32);
    }

    @Test
    void talkAboutKeysOpensWithTheRingAndWithNothingElse() {
        KeyRing ring = KeyRing.of(List.of(SealKey.parse(CIPHERS, TEXT)));
        KeyWrap wrap = new KeyWrap(new Sealing(EncryptionMode.REQUIRE, ring));
        byte[] plain = "install this".getBytes(StandardCharsets.US_ASCII);
        byte[] wrapped = wrap.wrap(plain);
        assertThat(wrap.unwrap(wrapped)).isEqualTo(plain);
        assertThat(new String(wrapped, StandardCharsets.ISO_8859_1)).doesNotContain("install");
        for (int i = 0; i < wrapped.length; i++) {
            byte[] bad = wrapped.clone();
            bad[i] ^= 4;
            assertThat(wrap.unwrap(bad)).as("byte %s", i).isNull();
        }
        assertThat(wrap.unwrap(new byte[5])).isNull();
        SealKey other = SealKey.of(CIPHERS, "0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        assertThat(new KeyWrap(new Sealing(EncryptionMode.REQUIRE, KeyRing.of(List.of(other)))).unwrap(wrapped))
                .isNull();
    }
}
