package io.orrery.server.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.node.TestNodes;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ViewPollerTest {
    @Test
    void answerThatMakesNoSenseIsShownAndTheNodeIsAskedAgain() {
        NodeView view = new Pictures()
                .node("n1", "n1 ALIVE 7.0")
                .picture()
                .nodes()
                .get("n1")
                .view();
        AtomicReference<String> nonsense = new AtomicReference<>("");
        ViewPoller.Source source = api -> {
            if (!nonsense.get().isEmpty()) {
                throw new IllegalStateException(nonsense.get());
            }
            return view;
        };
        try (ViewPoller poller = new ViewPoller(source, 1_000_000)) {
            poller.start("h:n1");
            nonsense.set("an incarnation of letters");
            TestNodes.await("the trouble is shown", () -> trouble(poller).equals("no view: an incarnation of letters"));
            nonsense.set("");
            TestNodes.await("it answers again", () -> trouble(poller).isEmpty());
            assertThat(poller.picture().nodes().get("n1").answers()).isTrue();
        }
    }

    private static String trouble(ViewPoller poller) {
        return poller.picture().nodes().get("n1").trouble();
    }
}
