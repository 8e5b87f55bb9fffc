package io.orrery.jepsen.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Prng;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "false",
                "0",
                "-0",
                "12",
                "-1.50",
                "1e5",
                "1E-7",
                "0.1e+2",
                "9223372036854775807",
                "123456789012345678901234567890",
                "\"\"",
                "\"a b\"",
                "\"\\\"\\\\\"",
                "\"\\n\\r\\t\\b\\f\"",
                "\"\\u0000\\u001f\"",
                "\"é漢😀\"",
                "\"\\ud800\"",
                "\"\\udc00x\"",
                "[]",
                "[1,[2,[]],{}]",
                "{}",
                "{\"b\":1,\"a\":{\"c\":[null,true]}}"
            })
    void compactTextIsWrittenAsItWasRead(String text) throws JsonException {
        assertThat(JsonReader.read(text).text()).isEqualTo(text);
    }

    @Test
    void whiteSpaceAndOptionalEscapesAreRead() throws JsonException {
        Json read = JsonReader.read(" { \"\\u0061\\/\" :\t[ 1 ,\r\n\"\\uD83D\\ude00\" ] } ");
        assertThat(read.text()).isEqualTo("{\"a/\":[1,\"😀\"]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0|",
                "2|  ",
                "0|nul",
                "5|null null",
                "0|+1",
                "1|01",
                "2|1.",
                "0|.5",
                "2|1e",
                "3|1e+",
                "1|-",
                "0|NaN",
                "1|\"",
                "4|\"abc",
                "2|\"a\nb\"",
                "2|\"\\x\"",
                "5|\"\\u12g4\"",
                "2|\"\\",
                "1|[",
                "3|[1,]",
                "3|[1 2]",
                "1|[,1]",
                "1|{",
                "1|{1:2}",
                "4|{\"a\"1}",
                "5|{\"a\":}",
                "7|{\"a\":1,}",
                "7|{\"a\":1,\"a\":2}",
                "2|[]]",
                "0|'a'",
                "0|//",
                "0|\u00a0 1"
            })
    void whatIsNotJsonIsRefusedWithItsPosition(String positionAndText) {
        int bar = positionAndText.indexOf('|');
        int position = Integer.parseInt(positionAndText.substring(0, bar));
        assertThatThrownBy(() -> JsonReader.read(positionAndText.substring(bar + 1)))
                .isInstanceOfSatisfying(
                        JsonException.class,
                        refused -> assertThat(refused.position()).isEqualTo(position))
                .hasMessageEndingWith(" at character " + position);
    }

    @Test
    void depthAndSizeAreLimited() throws JsonException {
        JsonLimits limits = new JsonLimits(20, 3);
        assertThat(JsonReader.read("[[{}]]", limits)).isNotNull();
        assertThatThrownBy(() -> JsonReader.read("[[{\"a\":[]}]]", limits)).hasMessageContaining("more than 3 levels");
        assertThatThrownBy(() -> JsonReader.read("[1,2,3,4,5,6,7,8,9,10]", limits))
                .hasMessageContaining("more than 20 characters");
        assertThatThrownBy(() -> JsonReader.read("[".repeat(1_000_000))).isInstanceOf(JsonException.class);
    }

    @Test
    void numbersAreReadByTheirValueOnRequest() throws JsonException {
        Json.Obj object = (Json.Obj) JsonReader.read("{\"i\":-7,\"d\":1.5,\"s\":\"x\",\"big\":92233720368547758070}");
        assertThat(object.number("i")).isEqualTo(-7);
        assertThat(object.number("d")).isNull();
        assertThat(object.number("big")).isNull();
        assertThat(object.number("absent")).isNull();
        assertThat(object.string("s")).isEqualTo("x");
        assertThat(object.string("i")).isNull();
        assertThat(((Json.Num) object.member("d")).asDecimal()).isEqualByComparingTo("1.5");
    }

    /** Random values survive writing and reading; the text survives UTF-8. */
    @Test
    void anyValueIsReadAsItWasWritten() throws JsonException {
        Prng prng = new Prng(1);
        for (int i = 0; i < 2_000; i++) {
            Json value = randomValue(prng, 5);
            byte[] utf8 = value.text().getBytes(StandardCharsets.UTF_8);
            assertThat(JsonReader.read(new String(utf8, StandardCharsets.UTF_8)))
                    .isEqualTo(value);
        }
    }

    /** Whatever the text, reading gives a value that is stable under writing, or a JsonException inside the text. */
    @Test
    void damagedTextGivesAValueOrAPosition() {
        Prng prng = new Prng(2);
        int values = 0;
        int refusals = 0;
        for (int i = 0; i < 20_000; i++) {
            String text = damaged(randomValue(prng, 4).text(), prng);
            try {
                Json value = JsonReader.read(text);
                assertThat(JsonReader.read(value.text())).isEqualTo(value);
                values++;
            } catch (JsonException refused) {
                assertThat(refused.position()).isBetween(0, text.length());
                refusals++;
            }
        }
        assertThat(values).isGreaterThan(1_000);
        assertThat(refusals).isGreaterThan(1_000);
    }

    private static String damaged(String text, Prng prng) {
        StringBuilder damaged = new StringBuilder(text);
        String alphabet = "{}[]\",:\\u0123456789abeEtrfnl+-. \n\u0000\ud800é";
        for (int edits = prng.below(3) + 1; edits > 0; edits--) {
            int at = prng.below(damaged.length() + 1);
            char c = alphabet.charAt(prng.below(alphabet.length()));
            if (at == damaged.length() || prng.below(2) == 0) {
                damaged.insert(at, c);
            } else if (prng.below(2) == 0) {
                damaged.setCharAt(at, c);
            } else {
                damaged.deleteCharAt(at);
            }
        }
        return damaged.toString();
    }

    private static Json randomValue(Prng prng, int depth) {
        return switch (prng.below(depth > 0 ? 7 : 5)) {
            case 0 -> Json.Null.VALUE;
            case 1 -> Json.of(prng.below(2) == 0);
            case 2 -> Json.of(prng.nextLong() >> prng.below(64));
            case 3 -> new Json.Num(prng.below(100) + "." + prng.below(100) + "e-" + prng.below(400));
            case 4 -> Json.of(randomString(prng));
            case 5 -> {
                List<Json> items = new ArrayList<>();
                for (int n = prng.below(4); n > 0; n--) {
                    items.add(randomValue(prng, depth - 1));
                }
                yield Json.of(items);
            }
            default -> {
                Json.Obj object = Json.object();
                for (int n = prng.below(4); n > 0; n--) {
                    object = object.with(randomString(prng), randomValue(prng, depth - 1));
                }
                yield object;
            }
        };
    }

    private static String randomString(Prng prng) {
        StringBuilder text = new StringBuilder();
        for (int n = prng.below(6); n > 0; n--) {
            text.append((char) (prng.below(3) == 0 ? prng.below(0x10000) : prng.below(128)));
        }
        return text.toString();
    }
}
