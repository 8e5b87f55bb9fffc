package io.orrery.gossip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MetadataTest {
    @Test
    void sameAsTheMapItWasMadeOf() {
        TreeMap<String, String> map = new TreeMap<>();
        map.put("role", "primary");
        map.put("api", "über:1");
        Metadata metadata = Metadata.of(map);
        assertThat(metadata.asMap()).isEqualTo(map);
        assertThat(metadata.size()).isEqualTo(2);
        assertThat(metadata.key(0) + "=" + metadata.value(0)).isEqualTo("api=über:1");
        assertThat(metadata.valueOr("role", "none")).isEqualTo("primary");
        assertThat(metadata.valueOr("zone", "none")).isEqualTo("none");
        assertThat(metadata.bytes()).isEqualTo(3 + 7 + 4 + 4 + 7 + 4);
        assertThat(metadata)
                .isEqualTo(Metadata.ofPairs(new String[] {"api", "über:1", "role", "primary"}))
                .isNotEqualTo(Metadata.ofPairs(new String[] {"api", "über:2", "role", "primary"}));
        assertThat(Metadata.of(Collections.emptySortedMap())).isSameAs(Metadata.NONE);
    }

    @Test
    void keysThatDoNotRiseOrLackAValueAreRefused() {
        assertThatThrownBy(() -> Metadata.ofPairs(new String[] {"b", "1", "a", "2"}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Metadata.ofPairs(new String[] {"a", "1", "a", "2"}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Metadata.ofPairs(new String[] {"a"})).isInstanceOf(IllegalArgumentException.class);
    }
}
