package io.orrery.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Prng;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8Test {
    @Test
    void theLengthIsThatOfTheBytesForAnyText() {
        Prng luck = new Prng(1);
        char[] kinds = {'a', '\u007f', '\u0080', '\u07ff', '\u0800', '\ud800', '\udc00', '\udbff', '\udfff', '\uffff'};
        for (int i = 0; i < 20_000; i++) {
            char[] text = new char[luck.below(6)];
            for (int j = 0; j < text.length; j++) {
                text[j] = kinds[luck.below(kinds.length)];
            }
            String made = new String(text);
            assertThat(Utf8.length(made)).isEqualTo(made.getBytes(StandardCharsets.UTF_8).length);
        }
    }
}
