package io.orrery.server.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void writerNestsAndEscapes() {
        JsonWriter out = new JsonWriter();
        out.object().field("a", "x\"\\\n\u0001").field("n", -5).field("list", List.of("p", "q"));
        out.name("inner")
                .array()
                .object()
                .field("t", true)
                .end()
                .value((String) null)
                .value(7)
                .end()
                .end();
        assertThat(out.toString())
                .isEqualTo("{\"a\":\"x\\\"\\\\\\n\\u0001\",\"n\":-5,\"list\":[\"p\",\"q\"],"
                        + "\"inner\":[{\"t\":true},null,7]}");
    }

    @Test
    void whatIsReadIsWrittenTheSame() {
        String text = "{\"a\":[1,2.50,-3e+4,true,false,null,\"\u00e9\\u0000\"],\"b\":{},\"c\":[]}";
        assertThat(Json.parse(" " + text + "\n").toString()).isEqualTo(text.replace("-3e+4", "-3E+4"));
    }

    @Test
    void fieldsReadByName() {
        Json json = Json.parse("{\"n\":12,\"s\":\"t\\u0041\",\"l\":[\"x\"],\"o\":{\"y\":true}}");
        assertThat(json.number("n")).isEqualTo(12);
        assertThat(json.text("s")).isEqualTo("tA");
        assertThat(json.texts("l")).containsExactly("x");
        assertThat(json.at("o").truth("y")).isTrue();
        assertThat(json.at("missing").at("deeper").isNull()).isTrue();
    }

    @Test
    void whatIsNotJsonIsRefused() {
        for (String wrong :
                List.of("", "{", "[1,]", "{\"a\" 1}", "01", "1.", "nul", "\"\\x\"", "[1] 2", "{a:1}", "\"\n\"")) {
            assertThatThrownBy(() -> Json.parse(wrong)).as(wrong).isInstanceOf(JsonException.class);
        }
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000))).isInstanceOf(JsonException.class);
    }

    @Test
    void noInputThrowsAnythingElse() {
        Random random = new Random(1);
        String alphabet = "{}[]\":,0123456789.-+eE\\untrfals \u00e9";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(24); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                Json.parse(text.toString());
            } catch (JsonException expected) {
                assertThat(expected).hasMessageStartingWith("not JSON");
            }
        }
    }
}
